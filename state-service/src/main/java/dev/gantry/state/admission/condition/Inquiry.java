package dev.gantry.state.admission.condition;

import dev.cel.runtime.CelEvaluationException;
import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Verdict;
import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.expression.CelValues;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.Judge;
import dev.gantry.state.kind.admissionregistration.expression.RequestAuthorizer;
import dev.gantry.state.kind.admissionregistration.expression.RequestForms;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * The expressions of one webhook or policy, asked about one request. Used by one thread.
 *
 * <p>Compat: together they may cost {@link CelBudget#ALL}; a variable is computed when it is first
 * asked for.
 */
public final class Inquiry {
    private static final Verdict UNKNOWN = new Verdict.NoOpinion("");

    private final AdmissionExpressions expressions;
    private final Map<String, Object> values = new HashMap<>();
    private final CelBudget budget = new CelBudget(CelBudget.ALL);

    /** An answer, or why there is none, as clients are told. */
    public sealed interface Answer {
        record Given(Object value) implements Answer {
            public boolean isTrue() {
                return Boolean.TRUE.equals(value);
            }
        }

        record None(String why) implements Answer {}
    }

    public Inquiry(
            AdmissionExpressions expressions, ShownRequest shown, Surroundings surroundings) {
        this.expressions = expressions;
        put(AdmissionExpressions.OBJECT, shown.object(), CelForm.ANYTHING);
        put(AdmissionExpressions.OLD_OBJECT, shown.oldObject(), CelForm.ANYTHING);
        put(AdmissionExpressions.REQUEST, shown.facts(), RequestForms.REQUEST);
        put(
                AdmissionExpressions.NAMESPACE,
                namespace(shown.request(), surroundings.view()),
                RequestForms.NAMESPACE);
        put(AdmissionExpressions.PARAMS, NullNode.instance, CelForm.ANYTHING);
        values.put(AdmissionExpressions.VARIABLES, new LazyVariables(this));
        RequestContext context = shown.request().context();
        new RequestAuthorizer(judge(context, surroundings), context.caller())
                .putInto(values, access(shown));
    }

    /** Where authorizers are configured that nobody here knows, they are to be asked first. */
    private static Judge judge(RequestContext context, Surroundings surroundings) {
        if (context.verdicts().isFinal()) {
            return surroundings.judge();
        }
        return (caller, access) -> {
            AskedAccess question = AskedAccess.of(caller, context.caller(), access);
            Optional<Verdict> known = context.verdicts().find(question);
            if (known.isEmpty()) {
                context.open().add(question);
            }
            return known.orElse(UNKNOWN);
        };
    }

    public Inquiry withParams(Optional<Resource> params) {
        params.ifPresent(each -> put(AdmissionExpressions.PARAMS, each.tree(), CelForm.ANYTHING));
        return this;
    }

    public Answer ask(String expression) {
        return ask(expression, expressions.compile(expression));
    }

    /** By their names. */
    Map<String, AdmissionExpressions.Variable> variables() {
        return expressions.variables();
    }

    Answer ask(String text, CelExpression expression) {
        return switch (expression) {
            case CelExpression.Wrong(var why) -> new Answer.None("compilation error: " + why);
            case CelExpression.Sound sound -> {
                try {
                    yield new Answer.Given(sound.ask(values, budget));
                } catch (CelEvaluationException | LazyVariables.Failed problem) {
                    String why =
                            problem instanceof CelEvaluationException failed
                                    ? CelExpression.words(failed)
                                    : String.valueOf(problem.getMessage());
                    yield new Answer.None(
                            "expression '%s' resulted in error: %s".formatted(text, why));
                }
            }
        };
    }

    /** Compat: the resource in the version that is shown. */
    private static Access access(ShownRequest shown) {
        AdmissionRequest request = shown.request();
        return Access.resource(
                "",
                shown.version().kind().resource(),
                request.subresource(),
                Requests.namespaceOf(request),
                Requests.nameOf(request));
    }

    private void put(String name, JsonNode value, CelForm form) {
        values.put(name, CelValues.of(value, form));
    }

    /** Null for what is of the cluster, and for namespaces themselves. */
    private static JsonNode namespace(AdmissionRequest request, View view) {
        boolean isNamespace = request.kind().resource().equals(Resources.NAMESPACES);
        String name = isNamespace ? "" : Requests.namespaceOf(request);
        return view.get(new ObjectKey(Resources.NAMESPACES, "", name))
                .map(StoredObject::decode)
                .<JsonNode>map(Resource::tree)
                .orElse(NullNode.instance);
    }
}
