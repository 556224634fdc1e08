package dev.versicle.clients;

/** A prompt's repository as a client knows it: where it is, and with what token to enter. */
record Remote(String url, String token) {}
