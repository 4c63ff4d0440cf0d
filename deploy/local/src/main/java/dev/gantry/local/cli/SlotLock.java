package dev.gantry.local.cli;

import dev.gantry.local.instance.Instance;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by a command that begins or ends a cluster, for as long as others cannot see yet who has the
 * slot. Of two that find it free at the same moment, one waits and then finds it taken.
 *
 * <p>The kernel takes it back when the process ends, however that happens. One file is for all
 * slots, each of which is a byte of it, so that no slot leaves a file behind.
 */
final class SlotLock implements AutoCloseable {
    private static final Path FILE = Instance.RUNS.resolve("gantry.lock");

    private final Closeable held;

    private SlotLock(Closeable held) {
        this.held = held;
    }

    /** Waits while another command has it, and tells so. */
    static SlotLock of(Instance instance) throws IOException {
        int slot = instance.slot();
        return take(
                FILE,
                slot,
                () ->
                        System.out.printf(
                                "Waiting for another gantry command, which begins or ends a cluster in slot %d%n",
                                slot));
    }

    /**
     * @param onWait called before it waits for another process
     */
    static SlotLock take(Path file, int slot, Runnable onWait) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(slot, 1, false);
            if (lock == null) {
                onWait.run();
                channel.lock(slot, 1, false);
            }
            return new SlotLock(channel);
        } catch (OverlappingFileLockException ours) {
            // By this very process, where a start is broken off: it goes on with what it has. The
            // channel stays open, since with any of them the kernel takes all locks of a process.
            return new SlotLock(() -> {});
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
