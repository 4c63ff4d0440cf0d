package dev.gantry.state.shell.api;

import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.allocation.ServiceAllocation;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.history.History;
import dev.gantry.state.kind.core.componentstatus.ComponentHealth;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Registry;
import dev.gantry.state.request.BodyReading;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.shell.api.document.DocumentRoutes;
import dev.gantry.state.shell.api.document.ObjectCounts;
import dev.gantry.state.shell.api.read.ReadRoute;
import dev.gantry.state.shell.api.read.Views;
import dev.gantry.state.shell.api.reply.AuditAnnotations;
import dev.gantry.state.shell.api.reply.AuthorizersAsked;
import dev.gantry.state.shell.api.reply.GatewayVerdicts;
import dev.gantry.state.shell.api.reply.Refusals;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.route.ResourceRoutes;
import dev.gantry.state.shell.api.token.TokenSigner;
import dev.gantry.state.shell.api.watch.WatchRoute;
import dev.gantry.state.shell.api.write.Commits;
import dev.gantry.state.shell.api.write.DecisionContexts;
import dev.gantry.state.shell.api.write.Establishment;
import dev.gantry.state.shell.api.write.ServiceLedger;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.catalog.CurrentCatalog;
import dev.gantry.state.shell.webhook.ConversionFailed;
import dev.gantry.state.shell.webhook.WebhookCalls;
import dev.gantry.state.shell.webhook.WebhookClient;
import dev.gantry.state.shell.webhook.WebhookConversions;
import dev.gantry.state.shell.webhook.WebhookCounts;
import dev.gantry.state.view.View;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole API of the state service behind one method.
 *
 * <p>Whatever goes wrong becomes a Status here and nowhere else: a refusal as it says, a fault or a
 * Bug as an internal error whose details stay in the log. No client waits for an answer that will
 * not come.
 */
public final class StateBackend implements ApiBackend {
    private static final Logger LOG = LoggerFactory.getLogger(StateBackend.class);
    private static final String ENCRYPTION_CHECK = "/healthz/kms-providers";
    private static final String METRICS = "/metrics";
    private static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    private final BooleanSupplier isReady;
    private final BooleanSupplier isEncryptionWell;
    private final StateLog log;
    private final CurrentCatalog catalog;
    private final DocumentRoutes documents;
    private final ResourceRoutes resources;
    private final WebhookCounts webhookCounts;
    private final Refusals refusals;

    /** What the API stands on. */
    public record Ground(
            StateLog log,
            History history,
            CurrentCatalog catalog,
            TokenSigner signer,
            ServiceAllocation allocation,
            AdmissionConfiguration admission,
            Door door) {}

    /**
     * @param isReady whether the log can be read already
     * @param isWritable whether writes can be committed just now
     * @param isEncryptionWell as its own check says, also before that
     * @param address host and port under which clients reach the API, as discovery tells them
     */
    public record Door(
            BooleanSupplier isReady,
            BooleanSupplier isWritable,
            BooleanSupplier isEncryptionWell,
            String address) {}

    public StateBackend(Ground ground, Clock clock) {
        this.isReady = ground.door.isReady;
        this.isEncryptionWell = ground.door.isEncryptionWell;
        this.log = ground.log;
        this.catalog = ground.catalog;
        Schema schema = Schema.builtin();
        ProtobufCodec protobuf = new ProtobufCodec(schema);
        Rendering rendering = new Rendering(new BodyEncoder(protobuf), clock);
        this.refusals = new Refusals(rendering);
        this.documents =
                new DocumentRoutes(ground.signer, rendering, ground.catalog, ground.door.address);
        View live = new View.Live(ground.log);
        WebhookClient webhooks = new WebhookClient(live);
        WebhookConversions conversions = new WebhookConversions(webhooks);
        WebhookCalls calls = new WebhookCalls(webhooks);
        this.webhookCounts = calls.counts();
        WriteDependencies dependencies =
                new WriteDependencies(
                        ground.log,
                        ground.catalog::get,
                        new BodyReading(protobuf),
                        rendering,
                        new DecisionContexts(clock),
                        new ServiceLedger(ground.log, ground.allocation),
                        new Registry(live, ground.catalog::get, ground.admission),
                        conversions,
                        new Commits(ground.log, calls, conversions),
                        new Establishment(ground.log, ground.catalog::isComplete));
        this.resources =
                new ResourceRoutes(
                        new Views(live, ground.history, () -> components(live, ground, clock)),
                        new ReadRoute(ground.log, ground.history, rendering, conversions),
                        new WatchRoute(ground.log, rendering, ground.catalog, conversions),
                        dependencies,
                        ground.signer);
    }

    private static View components(View live, Ground ground, Clock clock) {
        return ComponentHealth.statuses(
                live, ground.door.isWritable.getAsBoolean(), clock.instant());
    }

    /**
     * Cost: what only reads has no admission, and nothing to say for the audit log. A GET that
     * opens a connection comes with verdicts, where there are any.
     */
    @Override
    public ApiReply serve(ApiCall call) {
        boolean isRead = call.method().equals("GET") && call.header(ApiCall.VERDICTS).isEmpty();
        return isRead
                ? answer(call)
                : AuditAnnotations.collected(() -> GatewayVerdicts.told(call, () -> answer(call)));
    }

    private ApiReply answer(ApiCall call) {
        try {
            return route(call);
        } catch (Refused refused) {
            return refusals.reply(call, refused.why(), refused.warnings());
        } catch (AuthorizersAsked asked) {
            return Replies.asking(asked.asked());
        } catch (ConversionFailed failed) {
            return refused(call, new Refusal.Unsupported(failed.why()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return refused(call, new Refusal.Unavailable("shutting down", Duration.ofSeconds(1)));
        } catch (PersistenceException fault) {
            LOG.warn("{} {}: the history cannot be read", call.method(), call.path(), fault);
            return refused(
                    call,
                    new Refusal.Unavailable(
                            "the history cannot be read just now", Duration.ofSeconds(1)));
        } catch (RuntimeException | Error fault) {
            LOG.error("{} {} failed", call.method(), call.path(), fault);
            return refused(
                    call,
                    new Refusal.Internal("Internal error occurred: see the log of the server"));
        }
    }

    private ApiReply refused(ApiCall call, Refusal why) {
        return refusals.reply(call, why, List.of());
    }

    private String metrics() {
        StringBuilder text = new StringBuilder(ObjectCounts.text(log, catalog.resources()));
        webhookCounts.append(text);
        return text.toString();
    }

    private ApiReply route(ApiCall call) throws InterruptedException {
        if (call.path().equals(ENCRYPTION_CHECK)) {
            return Replies.whole(
                    isEncryptionWell.getAsBoolean() ? 200 : 500, "text/plain", new byte[0]);
        }
        if (!isReady.getAsBoolean()) {
            throw new Refused(
                    new Refusal.Unavailable(
                            "the state has not been read yet", Duration.ofSeconds(1)));
        }
        if (call.path().equals(METRICS)) {
            return Replies.whole(200, "text/plain", metrics().getBytes(StandardCharsets.UTF_8));
        }
        if (call.body().length > MAX_BODY_BYTES) {
            throw new Refused(
                    new Refusal.TooLarge(
                            "Request entity is too large: limit is " + MAX_BODY_BYTES));
        }
        Query query = Query.parse(call.query());
        ApiRequest request = ApiRequest.parse(call.method(), call.path(), query);
        return request.isResource()
                ? resources.serve(call, request, query)
                : documents.serve(call, request, query);
    }
}
