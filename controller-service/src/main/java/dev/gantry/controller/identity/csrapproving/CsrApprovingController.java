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
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks for each request that nobody decided about whether its author may have it approved. */
public final class CsrApprovingController implements ObjectController {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();

    private static final Set<String> SIGNERS =
            new TreeSet<>(List.of(SignerRules.KUBELET_CLIENT, SignerRules.KUBELET_SERVING));
    private static final Set<GroupResource> WATCHED =
            Set.of(REQUESTS, Resources.NODES, Resources.SERVICES, Resources.ENDPOINT_SLICES);

    /** The right may be given later. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Function<String, Optional<Subject>> reader;

    /** A right by which requests are approved. */
    private enum Right {
        SELF(
                "selfnodeclient",
                "Auto approving self kubelet client certificate after SubjectAccessReview."),
        NODE("nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview."),
        SERVING(
                "selfnodeserver",
                "Auto approving kubelet serving certificate after SubjectAccessReview.");

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
                && SIGNERS.contains(Resource.text(request.spec(), "signerName"))
                && Resource.text(request.status(), "certificate").isEmpty()
                && Conditions.find(conditions, "Approved").isEmpty()
                && Conditions.find(conditions, "Denied").isEmpty();
    }

    @Override
    public Set<GroupResource> watches() {
        return WATCHED;
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(REQUESTS) && isConcerned(change.newest())) {
            enqueue.accept(change.key());
        }
    }

    /** A denial that the cache has not heard of counts, and so does the Node as it is now. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> request = cluster.get(key).filter(this::isConcerned);
        if (request.isEmpty()) {
            return LiveReads.NONE;
        }
        List<ApiQuery> reviews = new ArrayList<>();
        List<ObjectKey> objects = new ArrayList<>(List.of(key));
        subject(request.get())
                .ifPresent(
                        subject -> {
                            objects.add(ServingNames.node(subject));
                            rights(request.get(), subject)
                                    .forEach(each -> reviews.add(review(request.get(), each)));
                        });
        return new LiveReads(objects, List.of(), "", reviews);
    }

    @Override
    public Plan<Action> reconcile(Resource request, ClusterReader cluster, Instant now) {
        Optional<Subject> subject = subject(request);
        if (subject.isEmpty()) {
            return Plan.settled();
        }
        for (Right each : rights(request, subject.get())) {
            if (isDue(each, request, subject.get(), cluster)
                    && isAllowed(cluster.answer(review(request, each)))) {
                Action approval = new Action.Approve(REQUESTS, approved(request, each, now));
                return Plan.of(List.of(approval));
            }
        }
        return Plan.<Action>settled().requeueAt(now.plus(AGAIN));
    }

    /** Empty where it is for something else than a certificate of a node. */
    private Optional<Subject> subject(Resource request) {
        List<String> usages = SigningRequest.usages(request);
        return reader.apply(SigningRequest.pem(request))
                .filter(ServingNames::areOfNode)
                .filter(
                        each ->
                                isServing(request)
                                        ? isOwn(request, each)
                                                && SignerRules.kubeletServing(each, usages)
                                                        .isEmpty()
                                        : SignerRules.kubeletClient(each, usages).isEmpty());
    }

    /** Those by which it might be approved. */
    private static List<Right> rights(Resource request, Subject subject) {
        if (isServing(request)) {
            return List.of(Right.SERVING);
        }
        return isOwn(request, subject) ? List.of(Right.SELF, Right.NODE) : List.of(Right.NODE);
    }

    /**
     * Whether what is asked for is the author's: who joins takes no name from a node that is there,
     * and a node that was deleted renews nothing.
     */
    private static boolean isDue(
            Right right, Resource request, Subject subject, ClusterReader cluster) {
        boolean isThere = cluster.get(ServingNames.node(subject)).isPresent();
        return switch (right) {
            case SELF -> isThere;
            case NODE -> isThere == isOwn(request, subject);
            case SERVING -> ServingNames.areOwn(subject, cluster);
        };
    }

    private static boolean isServing(Resource request) {
        return Resource.text(request.spec(), "signerName").equals(SignerRules.KUBELET_SERVING);
    }

    private static boolean isOwn(Resource request, Subject subject) {
        return subject.commonName().equals(Resource.text(request.spec(), "username"));
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
