package dev.versicle.git;

/** How often a version was found in the cache and how often not, and how many bytes the cache takes. */
public record CacheUse(long hits, long misses, long bytes) {}
