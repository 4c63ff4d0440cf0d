package dev.gantry.local.image;

import java.io.IOException;
import java.nio.file.Path;

/** Writes the images that Gantry brings along into a folder, from this machine's programs. */
public final class ImagesMain {
    private ImagesMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        LocalImages.prepare(Path.of(arguments[0]));
    }
}
