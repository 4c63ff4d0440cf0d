/**
 * Attacks on a running cluster, one class a theme, each of which broke through once.
 *
 * <p>Bounded in number and time: an attack that would work shows within seconds. After each, honest
 * clients are served as before.
 */
package dev.gantry.acceptance.attack;
