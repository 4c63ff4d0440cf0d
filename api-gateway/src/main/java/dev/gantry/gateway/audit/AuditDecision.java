package dev.gantry.gateway.audit;

import java.util.Set;

/** What is written down about one request. */
public record AuditDecision(AuditLevel level, Set<AuditStage> omitted, boolean omitsManagedFields) {
    public boolean wants(AuditStage stage) {
        return level != AuditLevel.NONE && !omitted.contains(stage);
    }

    public boolean wantsRequest() {
        return level.holds(AuditLevel.REQUEST);
    }

    public boolean wantsResponse() {
        return level.holds(AuditLevel.REQUEST_RESPONSE);
    }

    /** The same, but for what is sent and answered. */
    AuditDecision withoutBodies() {
        return level.holds(AuditLevel.REQUEST)
                ? new AuditDecision(AuditLevel.METADATA, omitted, omitsManagedFields)
                : this;
    }
}
