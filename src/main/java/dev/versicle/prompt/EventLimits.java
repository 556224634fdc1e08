package dev.versicle.prompt;

/**
 * How many may follow events.
 *
 * @param streams at the same time, in all
 * @param streamsOfCaller at the same time, of one caller
 */
public record EventLimits(int streams, int streamsOfCaller) {}
