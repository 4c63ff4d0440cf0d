package dev.gantry.gateway.shell;

import dev.gantry.gateway.shell.audit.AuditLog;
import java.util.Optional;

/** The audit log, where one is configured. */
record AuditTrail(Optional<AuditLog> log) implements AutoCloseable {
    static AuditTrail of(Settings settings) {
        return new AuditTrail(settings.auditLog().map(path -> new AuditLog(path).start()));
    }

    @Override
    public void close() {
        log.ifPresent(AuditLog::close);
    }
}
