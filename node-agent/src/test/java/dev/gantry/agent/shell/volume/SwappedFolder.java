package dev.gantry.agent.shell.volume;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A container at its worst: a folder of its volume that is, again and again, a link to somewhere
 * else for a moment.
 */
final class SwappedFolder {
    private final Path folder;
    private final Path elsewhere;
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread swapping;
    private volatile boolean isOver;

    SwappedFolder(Path folder, Path elsewhere) {
        this.folder = folder;
        this.elsewhere = elsewhere;
        this.swapping = Thread.ofPlatform().name("swapping").start(this::swap);
    }

    private void swap() {
        Path aside = folder.resolveSibling("aside");
        try {
            while (!isOver) {
                exchange(aside);
            }
        } catch (IOException fault) {
            failure.set(fault);
        }
    }

    private void exchange(Path aside) throws IOException {
        Files.move(folder, aside);
        try {
            Files.createSymbolicLink(folder, elsewhere);
            Files.delete(folder);
            Files.move(aside, folder);
        } catch (FileSystemException made) {
            // Who wanted the folder has made it meanwhile: the next round takes that one.
            FileTree.delete(aside);
        }
    }

    /** Empty where a file is not there just now. */
    static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    /** Leaves the folder in its place. Throws where the swapping itself had failed. */
    void stop() throws IOException, InterruptedException {
        isOver = true;
        swapping.join();
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
