/**
 * The kubectl plugin: options, the cluster's API, files, and the terminal.
 *
 * <p>Reads only. A dry run is the one request that is not a GET.
 */
@NullMarked
package dev.gantry.cli.shell;

import org.jspecify.annotations.NullMarked;
