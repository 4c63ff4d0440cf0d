package dev.gantry.state.codec.protobuf;

import static dev.gantry.state.codec.protobuf.FileBuilder.meta;
import static dev.gantry.state.codec.protobuf.FileBuilder.number;
import static dev.gantry.state.codec.protobuf.FileBuilder.repeated;
import static dev.gantry.state.codec.protobuf.FileBuilder.scalar;
import static dev.gantry.state.codec.protobuf.FileBuilder.text;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The messages of {@code apiregistration.k8s.io/v1}.
 *
 * <p>Compat: names and numbers of {@code kube-aggregator/pkg/apis/apiregistration/v1}.
 */
final class ApiServiceFile {
    static final FileDescriptor DESCRIPTOR = build();

    private ApiServiceFile() {}

    private static FileDescriptor build() {
        var file =
                new FileBuilder(
                        "apiregistration.proto",
                        "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1");
        return file.object(
                        "APIService",
                        file.own(2, "spec", "APIServiceSpec"),
                        file.own(3, "status", "APIServiceStatus"))
                .message(
                        "APIServiceSpec",
                        file.own(1, "service", "ServiceReference"),
                        text(2, "group"),
                        text(3, "version"),
                        scalar(4, "insecureSkipTLSVerify", Type.TYPE_BOOL),
                        scalar(5, "caBundle", Type.TYPE_BYTES),
                        number(7, "groupPriorityMinimum"),
                        number(8, "versionPriority"))
                .message(
                        "APIServiceStatus",
                        repeated(file.own(1, "conditions", "APIServiceCondition")))
                .message(
                        "APIServiceCondition",
                        text(1, "type"),
                        text(2, "status"),
                        meta(3, "lastTransitionTime", "Time"),
                        text(4, "reason"),
                        text(5, "message"))
                .message(
                        "ServiceReference",
                        text(1, "namespace"),
                        text(2, "name"),
                        number(3, "port"))
                .build();
    }
}
