package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One line an event, in a file that is rotated. */
final class FileBackend implements AuditBackend {
    private final RotatedFile file;

    FileBackend(Path path) {
        this.file = new RotatedFile(path);
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void write(List<AuditEvent> batch, Loop loop) throws IOException {
        writeLast(batch);
    }

    @Override
    public void writeLast(List<AuditEvent> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        batch.forEach(each -> lines.append(each.toTree()).append('\n'));
        file.append(lines.toString());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
