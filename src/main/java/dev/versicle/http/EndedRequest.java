package dev.versicle.http;

import java.time.Duration;

/**
 * A request that has ended; no word of it is a caller's.
 *
 * @param method one of HTTP's own, {@code CUSTOM} for any other
 * @param route the template that matched, such as {@code /api/prompts/{promptId}}; a fixed word where none did
 * @param status the status sent; a fixed word where nobody was there any more to be answered
 * @param took from the head of the request to the end of the answer
 */
public record EndedRequest(String method, String route, String status, Duration took) {}
