package dev.gantry.monitoring.usage;

/** What one container of a pod uses. */
public record ContainerRate(String container, Rate rate) {}
