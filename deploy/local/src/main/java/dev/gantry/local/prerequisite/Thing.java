package dev.gantry.local.prerequisite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One thing that a need asks for, as those who use it find it. */
sealed interface Thing {
    /** Empty where it is there, else what is wrong, in words. */
    String lacking(Root root) throws IOException;

    /** Started by its name: whichever comes first on the search path counts. */
    record Program(String name) implements Thing {
        @Override
        public String lacking(Root root) {
            return root.program(name).isPresent() ? "" : "no program " + name + " on the PATH";
        }
    }

    /** Started by its full path. */
    record File(String path) implements Thing {
        @Override
        public String lacking(Root root) {
            return Files.isExecutable(root.file(path)) ? "" : "no " + path;
        }
    }

    /**
     * Copied into an image that has no libraries: Debian has a {@code busybox} of the same path
     * that needs some.
     */
    record StaticProgram(String path) implements Thing {
        @Override
        public String lacking(Root root) throws IOException {
            Path file = root.file(path);
            if (!Files.isRegularFile(file)) {
                return "no " + path;
            }
            return Elf.isStatic(file) ? "" : path + " is not statically linked";
        }
    }
}
