package dev.gantry.local.prerequisite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A machine that has what a test puts into its folder. */
record MadeUpRoot(Path folder) {
    static final List<String> PATH = List.of("/usr/sbin", "/usr/bin");

    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int LOADED = 1;
    private static final int INTERPRETER = 3;

    Root root() {
        return new Root(folder, PATH);
    }

    void put(Thing thing) throws IOException {
        switch (thing) {
            case Thing.Program(String name) -> program("/usr/sbin/" + name, "exit 0");
            case Thing.File(String path) -> program(path, "exit 0");
            case Thing.StaticProgram(String path) -> write(path, elf(LOADED));
        }
    }

    /** What goes by the same name, and is not it. */
    void putNamesakes(Thing thing) throws IOException {
        switch (thing) {
            case Thing.Program(String name) -> {
                program("/usr/lib/elsewhere/" + name, "exit 0");
                Files.createDirectories(folder.resolve("usr/bin").resolve(name));
                Files.createDirectories(folder.resolve("usr/sbin"));
                Files.writeString(folder.resolve("usr/sbin").resolve(name), "not to be executed");
            }
            case Thing.File(String path) -> {
                for (String each : PATH) {
                    program(each + "/" + Path.of(path).getFileName(), "exit 0");
                }
            }
            case Thing.StaticProgram(String path) -> {
                write("/usr/local/bin/" + Path.of(path).getFileName(), elf(LOADED));
                write(path, elf(LOADED, INTERPRETER));
            }
        }
    }

    void program(String path, String script) throws IOException {
        write(path, ("#!/bin/sh\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The headers of a 64-bit program with segments of these types. */
    private static byte[] elf(int... segments) {
        var bytes = ByteBuffer.allocate(64 + PROGRAM_HEADER_BYTES * segments.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        bytes.putLong(0x20, 64);
        bytes.putShort(0x36, (short) PROGRAM_HEADER_BYTES);
        bytes.putShort(0x38, (short) segments.length);
        for (int i = 0; i < segments.length; i++) {
            bytes.putInt(64 + PROGRAM_HEADER_BYTES * i, segments[i]);
        }
        return bytes.array();
    }
}
