package dev.versicle.prompt;

/** A release, and the version that it points to. */
public record Release(SemVer release, Version version) {}
