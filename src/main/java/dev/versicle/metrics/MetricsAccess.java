package dev.versicle.metrics;

/**
 * Who may read the metrics.
 *
 * @param secured whether a valid token or key is needed
 */
public record MetricsAccess(boolean secured) {}
