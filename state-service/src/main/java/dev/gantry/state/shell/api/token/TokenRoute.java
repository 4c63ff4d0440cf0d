package dev.gantry.state.shell.api.token;

import static dev.gantry.state.shell.api.reply.Refused.accepted;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.codec.Negotiation;
import dev.gantry.state.registry.Command;
import dev.gantry.state.registry.DecisionContext;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.request.Answer;
import dev.gantry.state.request.Body;
import dev.gantry.state.request.Call;
import dev.gantry.state.request.Done;
import dev.gantry.state.request.Form;
import dev.gantry.state.request.TokenRequest;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.shell.api.write.WriteDependencies;
import dev.gantry.state.shell.api.write.Writes;
import dev.gantry.state.token.Claims;
import dev.gantry.state.token.TokenSpec;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code serviceaccounts/token}. */
public record TokenRoute(WriteDependencies dependencies, Writes writes, TokenSigner signer) {
    private static final GroupVersionKind REQUEST =
            GroupVersionKind.of("authentication.k8s.io/v1", "TokenRequest");

    public ApiReply create(Call call) throws InterruptedException {
        WriteOptions options = accepted(call.writeOptions("CreateOptions"));
        Form form = accepted(Form.of(call, Negotiation.Offer.PLAIN));
        Body asked = accepted(dependencies.bodies().read(call, REQUEST, options.validation()));
        TokenRequest request = new TokenRequest(call, signer.issuer());
        accepted(request.spec(asked.tree()));
        DecisionContext context = dependencies.contexts().of(call.caller(), options);
        Done admitted = writes.run(call.target(), context, () -> command(call, asked));
        ObjectNode body = admitted.tree().tree();
        TokenSpec spec = accepted(request.spec(body));
        Resource account = admitted.stored().orElseThrow().decode();
        Claims.Subject subject = accepted(request.subject(account, spec));
        String id = UUID.randomUUID().toString();
        String token = signer.sign(Claims.of(subject, spec, signer.issuer(), id, context.now()));
        ObjectNode reply = request.reply(body, spec, token, context.now());
        return dependencies
                .rendering()
                .answer(form, call, Answer.document(201, reply, admitted.warnings()));
    }

    private static Command command(Call call, Body asked) {
        return new Command.Act(call.target(), "token", Operation.CREATE, asked.fresh());
    }
}
