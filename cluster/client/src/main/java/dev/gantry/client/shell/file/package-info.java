/**
 * How files of a service change without anybody seeing half of one, or losing what stood there.
 *
 * <p>Text in, files out. What is written is not forced to the disk: it survives the process, and
 * not every end of the machine.
 */
@NullMarked
package dev.gantry.client.shell.file;

import org.jspecify.annotations.NullMarked;
