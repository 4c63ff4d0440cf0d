package dev.gantry.client.shell.management;

/**
 * Whose management port it is.
 *
 * @param name such as {@code kube-scheduler}
 * @param prefix of the port's settings, such as {@code gantry.scheduler.management-}
 */
public record Component(String name, String prefix) {}
