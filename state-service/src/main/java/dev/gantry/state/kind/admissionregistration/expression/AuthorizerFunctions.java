package dev.gantry.state.kind.admissionregistration.expression;

import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Selection;
import dev.gantry.authorization.Verdict;
import dev.gantry.expression.CelFunctions;
import dev.gantry.expression.CelFunctions.Typed;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.function.Function;

/**
 * What expressions may ask their {@code authorizer}: {@code
 * authorizer.group('apps').resource('deployments').namespace('shop').check('create').allowed()}.
 *
 * <p>Compat: apiserver's {@code library.Authz} and {@code AuthzSelectors}. A selector that is
 * malformed is left out, so that all objects are asked for; a decision never fails.
 */
final class AuthorizerFunctions {
    static final CelType AUTHORIZER = type("Authorizer");
    static final CelType RESOURCE_CHECK = type("ResourceCheck");
    static final CelFunctions ALL = new CelFunctions();

    private static final CelType PATH_CHECK = type("PathCheck");
    private static final CelType GROUP_CHECK = type("GroupCheck");
    private static final CelType DECISION = type("Decision");
    private static final Typed<Authorizer> ON_AUTHORIZER =
            new Typed<>(AUTHORIZER, Authorizer.class);
    private static final Typed<PathCheck> ON_PATH = new Typed<>(PATH_CHECK, PathCheck.class);
    private static final Typed<GroupCheck> ON_GROUP = new Typed<>(GROUP_CHECK, GroupCheck.class);
    private static final Typed<ResourceCheck> ON_RESOURCE =
            new Typed<>(RESOURCE_CHECK, ResourceCheck.class);
    private static final Typed<Verdict> VERDICT = new Typed<>(DECISION, Verdict.class);

    static {
        declare("path", ON_AUTHORIZER, PATH_CHECK, AuthorizerFunctions::path);
        declare("group", ON_AUTHORIZER, GROUP_CHECK, GroupCheck::new);
        declare("check", ON_PATH, DECISION, PathCheck::check);
        declare("resource", ON_GROUP, RESOURCE_CHECK, AuthorizerFunctions::resource);
        declare("subresource", ON_RESOURCE, RESOURCE_CHECK, ResourceCheck::subresource);
        declare("namespace", ON_RESOURCE, RESOURCE_CHECK, ResourceCheck::namespace);
        declare("name", ON_RESOURCE, RESOURCE_CHECK, ResourceCheck::named);
        declare("fieldSelector", ON_RESOURCE, RESOURCE_CHECK, ResourceCheck::fields);
        declare("labelSelector", ON_RESOURCE, RESOURCE_CHECK, ResourceCheck::labels);
        declare("check", ON_RESOURCE, DECISION, ResourceCheck::check);
        ALL.add(
                "serviceAccount",
                newMemberOverload(
                        "authorizer_serviceaccount",
                        AUTHORIZER,
                        AUTHORIZER,
                        SimpleType.STRING,
                        SimpleType.STRING),
                CelFunctionBinding.from(
                        "authorizer_serviceaccount",
                        List.of(Authorizer.class, String.class, String.class),
                        arguments ->
                                ((Authorizer) arguments[0])
                                        .serviceAccount(
                                                (String) arguments[1], (String) arguments[2])));
        ALL.member("allowed", "decision_allowed", SimpleType.BOOL, VERDICT, Verdict::isAllowed)
                .member("reason", "decision_reason", SimpleType.STRING, VERDICT, Verdict::reason)
                .member("errored", "decision_errored", SimpleType.BOOL, VERDICT, _ -> false)
                .member("error", "decision_error", SimpleType.STRING, VERDICT, _ -> "");
    }

    private AuthorizerFunctions() {}

    /** Somebody whose rights are asked for. */
    record Authorizer(Judge judge, Caller caller) {
        Authorizer serviceAccount(String namespace, String name) {
            if (!Names.dnsSubdomain(name).isEmpty()) {
                throw new IllegalArgumentException("Invalid service account name");
            }
            if (!Names.dnsLabel(namespace).isEmpty()) {
                throw new IllegalArgumentException("Invalid service account namespace");
            }
            return new Authorizer(judge, AskedAccess.account(namespace, name));
        }
    }

    record PathCheck(Authorizer authorizer, String path) {
        Verdict check(String verb) {
            return authorizer.judge.judge(authorizer.caller, Access.path(verb, path));
        }
    }

    record GroupCheck(Authorizer authorizer, String group) {}

    /**
     * @param place the namespace; empty for what is of the cluster
     * @param name empty for no object in particular
     */
    record ResourceCheck(
            Authorizer authorizer,
            GroupResource resource,
            String part,
            String place,
            String name,
            Selection selection) {
        ResourceCheck(
                Authorizer authorizer,
                GroupResource resource,
                String part,
                String place,
                String name) {
            this(authorizer, resource, part, place, name, Selection.EVERYTHING);
        }

        ResourceCheck subresource(String other) {
            return new ResourceCheck(authorizer, resource, other, place, name, selection);
        }

        ResourceCheck namespace(String other) {
            return new ResourceCheck(authorizer, resource, part, other, name, selection);
        }

        ResourceCheck named(String other) {
            return new ResourceCheck(authorizer, resource, part, place, other, selection);
        }

        ResourceCheck fields(String text) {
            return selecting(
                    new Selection(
                            parsed(FieldSelector::parse, text, FieldSelector.EVERYTHING),
                            selection.labels()));
        }

        ResourceCheck labels(String text) {
            return selecting(
                    new Selection(
                            selection.fields(),
                            parsed(LabelQuery::parse, text, LabelSelector.EVERYTHING)));
        }

        Verdict check(String verb) {
            Access access = Access.resource(verb, resource, part, place, name);
            return authorizer.judge.judge(authorizer.caller, access.ofAnyVersion(selection));
        }

        private ResourceCheck selecting(Selection some) {
            return new ResourceCheck(authorizer, resource, part, place, name, some);
        }

        private static <T> T parsed(Function<String, T> parser, String text, T otherwise) {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException malformed) {
                return otherwise;
            }
        }
    }

    private static PathCheck path(Authorizer authorizer, String path) {
        return new PathCheck(authorizer, given("path", path));
    }

    private static ResourceCheck resource(GroupCheck check, String plural) {
        return new ResourceCheck(
                check.authorizer,
                new GroupResource(check.group, given("resource", plural)),
                "",
                "",
                "");
    }

    private static String given(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        return text;
    }

    /** {@code x.name('text')} */
    private static <T> void declare(
            String name,
            Typed<T> on,
            CelType result,
            CelFunctionOverload.Binary<T, String> function) {
        String id = on.type().name().replaceFirst(".*\\.", "") + "_" + name;
        ALL.add(
                name,
                newMemberOverload(id, result, on.type(), SimpleType.STRING),
                CelFunctionBinding.from(id, on.java(), String.class, function));
    }

    private static CelType type(String name) {
        return OpaqueType.create("kubernetes.authorization." + name);
    }
}
