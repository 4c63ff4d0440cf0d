package dev.gantry.state.shell.api.token;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.Moment;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Call;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.shell.api.reply.Refused;
import dev.gantry.state.shell.api.reply.Rendering;
import dev.gantry.state.shell.api.reply.Replies;
import dev.gantry.state.shell.api.write.Bodies;
import dev.gantry.state.shell.api.write.Commits.Done;
import dev.gantry.state.shell.api.write.Tools;
import dev.gantry.state.token.Claims;
import dev.gantry.state.token.TokenSpec;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code serviceaccounts/token}: a token for an account, perhaps bound to a pod, a secret
 * or a node.
 *
 * <p>Compat: {@code pkg/registry/core/serviceaccount/storage/token.go}.
 */
public final class TokenRoute {
    private static final KindName REQUEST = KindName.of("authentication.k8s.io/v1", "TokenRequest");

    private final Tools tools;
    private final TokenSigner signer;

    public TokenRoute(Tools tools, TokenSigner signer) {
        this.tools = tools;
        this.signer = signer;
    }

    public ApiReply create(Call call) throws InterruptedException {
        WriteOptions options = Bodies.options(call, "CreateOptions");
        Rendering.Form form = tools.rendering().form(call, Negotiation.Offer.PLAIN);
        Bodies.Body asked = tools.bodies().read(call, REQUEST, options);
        checkPlace(call, new Resource(asked.tree()));
        refuseIf(spec(asked.tree()).invalid(call.target().name()));
        Moment moment = tools.moments().of(call.caller(), options);
        Done admitted = admit(call, asked, moment);
        ObjectNode body = admitted.tree().tree();
        TokenSpec spec = spec(body);
        refuseIf(spec.invalid(call.target().name()));
        Resource account = admitted.stored().orElseThrow().decode();
        Claims.Subject subject = subject(account, spec);
        ObjectNode claims =
                Claims.of(
                        subject, spec, signer.issuer(), UUID.randomUUID().toString(), moment.now());
        ObjectNode reply = reply(account, spec, body, moment);
        reply.putObject("status")
                .put("token", signer.sign(claims))
                .put(
                        "expirationTimestamp",
                        Conditions.timestamp(moment.now().plusSeconds(spec.expirationSeconds())));
        return Replies.whole(
                201,
                form.contentType(),
                tools.rendering().plain(form, BodyEncoder.json(reply)),
                admitted.warnings());
    }

    private TokenSpec spec(ObjectNode body) {
        return TokenSpec.of(new Resource(body), signer.issuer());
    }

    private static void checkPlace(Call call, Resource request) {
        if (!request.name().isEmpty() && !request.name().equals(call.target().name())) {
            throw new Refused(
                    new Refusal.BadRequest(
                            "the name of the object (%s) does not match the name on the URL (%s)"
                                    .formatted(request.name(), call.target().name())));
        }
        if (!request.namespace().isEmpty()
                && !request.namespace().equals(call.target().namespace())) {
            throw new Refused(
                    new Refusal.BadRequest(
                            "the namespace of the provided object does not match the namespace sent"
                                    + " on the request"));
        }
    }

    private Done admit(Call call, Bodies.Body asked, Moment moment) throws InterruptedException {
        return tools.commits()
                .run(
                        call.target().key(),
                        moment,
                        (stored, now) ->
                                tools.registry()
                                        .decide(
                                                new Command.Act(
                                                        call.target(),
                                                        "token",
                                                        Operation.CREATE,
                                                        asked.fresh()),
                                                stored.map(StoredObject::decode),
                                                now));
    }

    private Claims.Subject subject(Resource account, TokenSpec spec) {
        if (spec.bound().isEmpty()) {
            return new Claims.Subject(account, Optional.empty(), Optional.empty());
        }
        TokenSpec.Bound ref = spec.bound().get();
        Resource bound =
                switch (ref.apiVersion() + " " + ref.kind()) {
                    case "v1 Pod" -> need(key(Kinds.POD, account.namespace(), ref));
                    case "v1 Secret" -> need(key(Kinds.SECRET, account.namespace(), ref));
                    case "v1 Node" -> need(key(Kinds.NODE, "", ref));
                    default ->
                            throw new Refused(
                                    new Refusal.BadRequest(
                                            "cannot bind token to object of type %s, Kind=%s"
                                                    .formatted(ref.apiVersion(), ref.kind())));
                };
        if (!ref.uid().isEmpty() && !ref.uid().equals(bound.uid().value())) {
            throw new Refused(
                    new Refusal.Conflict(
                            new GroupResource("", ref.kind()),
                            ref.name(),
                            "the UID in the bound object reference (%s) does not match the UID in"
                                            .formatted(ref.uid())
                                    + " record. The object might have been deleted and then"
                                    + " recreated"));
        }
        return new Claims.Subject(account, Optional.of(bound), nodeOf(account, bound));
    }

    private Optional<Claims.NodeName> nodeOf(Resource account, Resource bound) {
        if (!bound.kind().equals("Pod")) {
            return Optional.empty();
        }
        String runsAs = Resource.text(bound.spec(), "serviceAccountName");
        if (!runsAs.equals(account.name())) {
            throw new Refused(
                    new Refusal.BadRequest(
                            "cannot bind token for serviceaccount \"%s\" to pod running with"
                                            .formatted(account.name())
                                    + " different serviceaccount name."));
        }
        String node = Resource.text(bound.spec(), "nodeName");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey key = new ObjectKey(Resources.NODES, "", node);
        String uid = tools.log().get(key).map(each -> each.uid().value()).orElse("");
        return Optional.of(new Claims.NodeName(node, uid));
    }

    private static ObjectKey key(Kind kind, String namespace, TokenSpec.Bound ref) {
        return new ObjectKey(kind.resource(), namespace, ref.name());
    }

    private Resource need(ObjectKey key) {
        return tools.log()
                .get(key)
                .map(StoredObject::decode)
                .orElseThrow(() -> new Refused(new Refusal.Missing(key.resource(), key.name())));
    }

    private static ObjectNode reply(
            Resource account, TokenSpec spec, ObjectNode body, Moment moment) {
        ObjectNode reply = body.objectNode();
        reply.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        reply.putObject("metadata")
                .put("name", account.name())
                .put("namespace", account.namespace())
                .put("creationTimestamp", Conditions.timestamp(moment.now()));
        ObjectNode written = reply.putObject("spec");
        ArrayNode audiences = written.putArray("audiences");
        spec.audiences().forEach(audiences::add);
        written.put("expirationSeconds", spec.expirationSeconds());
        if (body.path("spec").path("boundObjectRef").isObject()) {
            written.set("boundObjectRef", body.path("spec").path("boundObjectRef"));
        } else {
            written.putNull("boundObjectRef");
        }
        return reply;
    }

    private static void refuseIf(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new Refused(refusal.get());
        }
    }
}
