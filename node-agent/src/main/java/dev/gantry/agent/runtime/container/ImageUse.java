package dev.gantry.agent.runtime.container;

/**
 * The image of a container.
 *
 * @param name as the pod names it
 * @param ref as the runtime names what a pull of it gave
 */
public record ImageUse(String name, String ref) {}
