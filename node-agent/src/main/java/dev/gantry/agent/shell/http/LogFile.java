package dev.gantry.agent.shell.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/** The log file of a container, read entry by entry while the runtime may be writing it. */
final class LogFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 32768;

    private final Path path;
    private FileChannel channel;
    private Object identity;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();

    LogFile(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.identity = identity(path);
    }

    /** Goes to where the last entries begin. To be called before anything was read. */
    void seekToLast(long entries) throws IOException {
        long position = channel.size();
        long wanted = entries;
        ByteBuffer block = ByteBuffer.allocate(BUFFER_BYTES);
        // The line feed at the very end belongs to the last entry.
        long end = position - 1;
        while (position > 0) {
            int length = (int) Math.min(BUFFER_BYTES, position);
            position -= length;
            block.clear().limit(length);
            while (block.hasRemaining() && channel.read(block, position + block.position()) >= 0) {
                continue;
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n' && position + i < end && --wanted <= 0) {
                    channel.position(position + i + 1);
                    return;
                }
            }
        }
        channel.position(0);
    }

    void seekToEnd() throws IOException {
        channel.position(channel.size());
    }

    /** The next whole entry without its line feed; empty where there is none yet. */
    Optional<byte[]> next() throws IOException {
        while (true) {
            while (buffer.hasRemaining()) {
                byte each = buffer.get();
                if (each == '\n') {
                    byte[] entry = half.toByteArray();
                    half.reset();
                    return Optional.of(entry);
                }
                half.write(each);
            }
            buffer.clear();
            int count = channel.read(buffer);
            buffer.flip();
            if (count <= 0) {
                return Optional.empty();
            }
        }
    }

    /**
     * Goes on with the file that has taken this one's place, where one has: a rotation. To be
     * called when there was nothing left to read. Returns whether there is something now: in the
     * new file, or still in the old one, which got its last entries before it was moved.
     */
    boolean followRotation() throws IOException {
        try {
            Object now = identity(path);
            if (Objects.equals(now, identity)) {
                return false;
            }
            // Nothing is added to the old one any more: the runtime writes to the new one.
            if (channel.position() < channel.size()) {
                return true;
            }
            FileChannel next = FileChannel.open(path, StandardOpenOption.READ);
            channel.close();
            channel = next;
            identity = now;
            half.reset();
            return true;
        } catch (NoSuchFileException between) {
            // Moved away and not yet made anew, or removed with its container.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
