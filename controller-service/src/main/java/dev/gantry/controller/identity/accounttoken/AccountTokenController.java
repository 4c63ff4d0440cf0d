package dev.gantry.controller.identity.accounttoken;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reconciles each Secret for a token when it changes, and when its account comes or goes.
 *
 * <p>The cache has names of values only. So a Secret that lacks one is read from the API, and then
 * a token for it is asked for.
 */
public final class AccountTokenController implements Controller {
    private static final GroupResource SECRETS = Resources.SECRETS;
    private static final GroupResource ACCOUNTS = Resources.SERVICE_ACCOUNTS;
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    /** As long as the API gives one: such a token ends with its Secret. */
    private static final long SECONDS = 1L << 32;

    /** Where the API gives none now. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private final String certificate;

    /**
     * @param certificate of the cluster's authority, in PEM
     */
    public AccountTokenController(String certificate) {
        this.certificate = certificate;
    }

    @Override
    public String component() {
        return "serviceaccount-token-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SECRETS, ACCOUNTS);
    }

    @Override
    public boolean readsWhole(ObjectKey key) {
        return key.resource().equals(SECRETS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SECRETS)) {
            change.after()
                    .filter(AccountTokenController::isForToken)
                    .ifPresent(_ -> enqueue.accept(change.key()));
            return;
        }
        if (change.before().isPresent() && change.after().isPresent()) {
            return;
        }
        for (Resource secret : cluster.list(SECRETS, change.key().namespace())) {
            if (isForToken(secret) && account(secret).equals(change.key())) {
                enqueue.accept(secret.key(SECRETS));
            }
        }
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> secret = cluster.get(key).filter(AccountTokenController::isForToken);
        if (secret.isEmpty()) {
            return LiveReads.NONE;
        }
        Optional<Resource> account = cluster.get(account(secret.get()));
        if (account.isEmpty()) {
            return LiveReads.objects(List.of(account(secret.get())));
        }
        if (isFilled(secret.get(), account.get())) {
            return LiveReads.NONE;
        }
        ApiQuery reading = reading(key);
        Optional<Resource> live = found(cluster, reading);
        if (live.isEmpty()) {
            return cluster.answer(reading).isEmpty()
                    ? LiveReads.queries(List.of(reading))
                    : LiveReads.NONE;
        }
        ApiQuery asking = asking(live.get());
        return cluster.answer(asking).isEmpty() && isOurs(live.get(), account.get())
                ? LiveReads.queries(List.of(asking))
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> secret =
                cluster.get(key)
                        .filter(AccountTokenController::isForToken)
                        .filter(each -> !each.isBeingDeleted());
        if (secret.isEmpty()) {
            return Plan.settled();
        }
        Optional<Resource> account = cluster.get(account(secret.get()));
        if (account.isEmpty() || !isOurs(secret.get(), account.get())) {
            return Plan.of(
                    List.of(new Action.Delete(key, secret.get().uid(), Propagation.BACKGROUND)));
        }
        if (isFilled(secret.get(), account.get())) {
            return Plan.settled();
        }
        return found(cluster, reading(key))
                .flatMap(live -> filled(live, account.get(), cluster))
                .map(next -> Plan.<Action>of(List.of(new Action.Update(SECRETS, next))))
                .orElseGet(() -> Plan.<Action>settled().requeueAt(now.plus(LATER)));
    }

    private Optional<Resource> filled(Resource live, Resource account, ClusterReader cluster) {
        return found(cluster, asking(live))
                .map(
                        answer -> {
                            Resource next = live.copy();
                            Resource.child(next.mutableMetadata(), "annotations")
                                    .put(ACCOUNT_UID, account.uid().value());
                            ObjectNode data = Resource.child(next.tree(), "data");
                            data.put("ca.crt", base64(certificate));
                            data.put("namespace", base64(live.namespace()));
                            data.put("token", base64(Resource.text(answer.status(), "token")));
                            return next;
                        });
    }

    private static boolean isForToken(Resource secret) {
        return Resource.text(secret.tree(), "type").equals(TYPE)
                && secret.annotations().containsKey(ACCOUNT);
    }

    private static ObjectKey account(Resource secret) {
        String name = secret.annotations().getOrDefault(ACCOUNT, "");
        return new ObjectKey(ACCOUNTS, secret.namespace(), name);
    }

    /** A Secret of an earlier account of that name is not this one's. */
    private static boolean isOurs(Resource secret, Resource account) {
        String uid = secret.annotations().getOrDefault(ACCOUNT_UID, "");
        return uid.isEmpty() || uid.equals(account.uid().value());
    }

    private static boolean isFilled(Resource secret, Resource account) {
        return secret.tree().path("data").has("token")
                && secret.tree().path("data").has("ca.crt")
                && secret.tree().path("data").has("namespace")
                && account.uid().value().equals(secret.annotations().get(ACCOUNT_UID));
    }

    private static ApiQuery reading(ObjectKey key) {
        return ApiQuery.of(
                "/api/v1/namespaces/%s/secrets/%s".formatted(key.namespace(), key.name()));
    }

    private static ApiQuery asking(Resource secret) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec").put("expirationSeconds", SECONDS);
        spec.putArray("audiences");
        spec.putObject("boundObjectRef")
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("name", secret.name())
                .put("uid", secret.uid().value());
        return ApiQuery.posting(
                "/api/v1/namespaces/%s/serviceaccounts/%s/token"
                        .formatted(secret.namespace(), account(secret).name()),
                request);
    }

    private static Optional<Resource> found(ClusterReader cluster, ApiQuery query) {
        return cluster.answer(query)
                .filter(ApiAnswer.Found.class::isInstance)
                .map(answer -> ((ApiAnswer.Found) answer).object());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
