/**
 * What the containers of {@code docker-compose.yml} find in their volumes: certificates, passwords,
 * settings. Everybody has a folder of its own, and in it what it needs and nothing else.
 *
 * <p>Ports and host names are those of the compose file. Nothing is made twice: a second run keeps
 * what is there, and renews certificates that end within a month.
 */
@NullMarked
package dev.gantry.local.compose;

import org.jspecify.annotations.NullMarked;
