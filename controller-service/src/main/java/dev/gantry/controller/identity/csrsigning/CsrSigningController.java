package dev.gantry.controller.identity.csrsigning;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Wanted;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs each request once it is approved. */
public final class CsrSigningController implements ObjectController {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    /** Clocks of clients may be behind. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final CertificateAuthority authority;

    public CsrSigningController(CertificateAuthority authority) {
        this.authority = authority;
    }

    @Override
    public String component() {
        return "certificatesigningrequest-signing-controller";
    }

    @Override
    public GroupResource resource() {
        return REQUESTS;
    }

    @Override
    public boolean isConcerned(Resource request) {
        JsonNode conditions = request.status().path("conditions");
        return !request.isBeingDeleted()
                && SignerRules.isKnown(Resource.text(request.spec(), "signerName"))
                && Resource.text(request.status(), "certificate").isEmpty()
                && Conditions.isTrue(conditions, "Approved")
                && Conditions.find(conditions, "Denied").isEmpty()
                && Conditions.find(conditions, "Failed").isEmpty();
    }

    /** A denial that the cache has not heard of counts. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key).filter(this::isConcerned).isPresent()
                ? LiveReads.objects(List.of(key))
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(Resource request, ClusterReader cluster, Instant now) {
        String pem = SigningRequest.pem(request);
        Optional<Subject> subject = authority.read(pem);
        List<String> usages = SigningRequest.usages(request);
        String signer = Resource.text(request.spec(), "signerName");
        Optional<String> objection =
                subject.isEmpty()
                        ? Optional.of("unable to parse csr \"%s\"".formatted(request.name()))
                        : SignerRules.objection(signer, subject.get(), usages);
        Resource next = request.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        if (objection.isPresent()) {
            SigningRequest.tell(status, "Failed", "SignerValidationFailure", objection.get(), now);
        } else {
            var wanted =
                    new Wanted(pem, usages, now.minus(BACKDATED), now.plus(life(request.spec())));
            status.put("certificate", encoded(authority.sign(wanted)));
        }
        return Plan.of(List.of(new Action.PutStatus(REQUESTS, next, request.revision())));
    }

    /** Compat: as asked for, but no longer than certificates usually live. */
    private static Duration life(JsonNode spec) {
        JsonNode asked = spec.path("expirationSeconds");
        if (!asked.isNumber()) {
            return LIFE;
        }
        Duration life = Duration.ofSeconds(asked.asLong());
        if (life.compareTo(LIFE) > 0) {
            return LIFE;
        }
        return life.compareTo(SHORTEST) < 0 ? SHORTEST : life;
    }

    private static String encoded(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
