package dev.gantry.gateway.shell;

import dev.gantry.client.shell.start.RunningParts;
import dev.gantry.gateway.audit.AuditPolicy;
import dev.gantry.gateway.shell.audit.AuditLog;
import dev.gantry.gateway.shell.audit.AuditTrail;
import dev.gantry.gateway.shell.configuration.ReloadedFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What the operator configures in files of their own. */
record OperatorFiles(Settings settings, RunningParts running, Clock clock) {
    Optional<AuditTrail> auditTrail() {
        if (settings.auditLog().isEmpty()) {
            return Optional.empty();
        }
        Optional<Supplier<AuditPolicy>> policy =
                settings.auditPolicy()
                        .map(path -> followed(Settings.AUDIT_POLICY, path, AuditPolicy::read));
        AuditLog log = running.add(new AuditLog(settings.auditLog().get()).start());
        return Optional.of(new AuditTrail(log, policy, clock));
    }

    /** What a file says at this moment. */
    private <T> Supplier<T> followed(String setting, Path path, Function<JsonNode, T> reading) {
        return running.add(new ReloadedFile<>(setting, path, reading).start());
    }
}
