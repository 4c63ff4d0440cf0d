package dev.gantry.controller.identity.csrapproving;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.controller.identity.csrsigning.CertificateAuthority.Subject;
import dev.gantry.controller.identity.csrsigning.SignerRules;
import dev.gantry.controller.identity.csrsigning.SigningRequest;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for each request that nobody decided about whether its author may have it approved. */
public final class CsrApprovingController implements ObjectController {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();

    /** The right may be given later. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Function<String, Optional<Subject>> reader;

    /** A right by which requests are approved. */
    private enum Right {
        SELF(
                "selfnodeclient",
                "Auto approving self kubelet client certificate after SubjectAccessReview."),
        NODE("nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview.");

        private final String subresource;
        private final String message;

        Right(String subresource, String message) {
            this.subresource = subresource;
            this.message = message;
        }
    }

    /**
     * @param reader of PKCS #10 in PEM
     */
    public CsrApprovingController(Function<String, Optional<Subject>> reader) {
        this.reader = reader;
    }

    @Override
    public String component() {
        return "certificatesigningrequest-approving-controller";
    }

    @Override
    public GroupResource resource() {
        return REQUESTS;
    }

    @Override
    public boolean isConcerned(Resource request) {
        JsonNode conditions = request.status().path("conditions");
        return !request.isBeingDeleted()
                && Resource.text(request.spec(), "signerName").equals(SignerRules.KUBELET_CLIENT)
                && Resource.text(request.status(), "certificate").isEmpty()
                && Conditions.find(conditions, "Approved").isEmpty()
                && Conditions.find(conditions, "Denied").isEmpty();
    }

    /** A denial that the cache has not heard of counts. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> request = cluster.get(key).filter(this::isConcerned);
        if (request.isEmpty()) {
            return LiveReads.NONE;
        }
        List<ApiQuery> reviews =
                rights(request.get()).stream().map(each -> review(request.get(), each)).toList();
        return new LiveReads(List.of(key), List.of(), "", reviews);
    }

    @Override
    public Plan<Action> reconcile(Resource request, ClusterReader cluster, Instant now) {
        List<Right> rights = rights(request);
        for (Right each : rights) {
            if (isAllowed(cluster.answer(review(request, each)))) {
                Action approval = new Action.Approve(REQUESTS, approved(request, each, now));
                return Plan.of(List.of(approval));
            }
        }
        return rights.isEmpty()
                ? Plan.settled()
                : Plan.<Action>settled().requeueAt(now.plus(AGAIN));
    }

    /** Those by which it might be approved; none where it is for something else. */
    private List<Right> rights(Resource request) {
        List<String> usages = SigningRequest.usages(request);
        Optional<Subject> subject =
                reader.apply(SigningRequest.pem(request))
                        .filter(each -> SignerRules.kubeletClient(each, usages).isEmpty());
        if (subject.isEmpty()) {
            return List.of();
        }
        boolean isOwn =
                subject.get().commonName().equals(Resource.text(request.spec(), "username"));
        return isOwn ? List.of(Right.SELF, Right.NODE) : List.of(Right.NODE);
    }

    private static Resource approved(Resource request, Right right, Instant now) {
        Resource next = request.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        SigningRequest.tell(status, "Approved", "AutoApproved", right.message, now);
        return next;
    }

    private static ApiQuery review(Resource request, Right right) {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SubjectAccessReview");
        ObjectNode spec = review.putObject("spec");
        spec.put("user", Resource.text(request.spec(), "username"));
        for (String each : List.of("uid", "groups", "extra")) {
            if (request.spec().has(each)) {
                spec.set(each, request.spec().path(each).deepCopy());
            }
        }
        spec.putObject("resourceAttributes")
                .put("group", REQUESTS.group())
                .put("resource", REQUESTS.plural())
                .put("verb", "create")
                .put("subresource", right.subresource);
        return ApiQuery.posting("/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
    }

    private static boolean isAllowed(Optional<ApiAnswer> answer) {
        return answer.isPresent()
                && answer.get() instanceof ApiAnswer.Found(var review)
                && review.status().path("allowed").asBoolean(false);
    }
}
