package dev.gantry.state.codec.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.gantry.model.fault.Bug;
import io.kubernetes.client.proto.Meta;

/**
 * The messages of {@code apiregistration.k8s.io/v1}, which the published Java messages lack.
 *
 * <p>Compat: names and numbers of {@code kube-aggregator/pkg/apis/apiregistration/v1}.
 */
final class ApiServiceFile {
    private static final String PACKAGE = "k8s.io.kube_aggregator.pkg.apis.apiregistration.v1";
    private static final String OWN = "." + PACKAGE + ".";
    private static final String META = "." + Meta.getDescriptor().getPackage() + ".";

    static final FileDescriptor DESCRIPTOR = build();

    private ApiServiceFile() {}

    private static FileDescriptor build() {
        FileDescriptorProto file =
                FileDescriptorProto.newBuilder()
                        .setName("apiregistration.proto")
                        .setPackage(PACKAGE)
                        .addDependency(Meta.getDescriptor().getName())
                        .addMessageType(service())
                        .addMessageType(list())
                        .addMessageType(spec())
                        .addMessageType(status())
                        .addMessageType(condition())
                        .addMessageType(reference())
                        .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {Meta.getDescriptor()});
        } catch (DescriptorValidationException invalid) {
            throw new Bug("the messages of APIServices do not fit together: " + invalid);
        }
    }

    private static DescriptorProto service() {
        return message("APIService")
                .addField(message(1, "metadata", META + "ObjectMeta"))
                .addField(message(2, "spec", OWN + "APIServiceSpec"))
                .addField(message(3, "status", OWN + "APIServiceStatus"))
                .build();
    }

    private static DescriptorProto list() {
        return message("APIServiceList")
                .addField(message(1, "metadata", META + "ListMeta"))
                .addField(message(2, "items", OWN + "APIService").setLabel(Label.LABEL_REPEATED))
                .build();
    }

    private static DescriptorProto spec() {
        return message("APIServiceSpec")
                .addField(message(1, "service", OWN + "ServiceReference"))
                .addField(scalar(2, "group", Type.TYPE_STRING))
                .addField(scalar(3, "version", Type.TYPE_STRING))
                .addField(scalar(4, "insecureSkipTLSVerify", Type.TYPE_BOOL))
                .addField(scalar(5, "caBundle", Type.TYPE_BYTES))
                .addField(scalar(7, "groupPriorityMinimum", Type.TYPE_INT32))
                .addField(scalar(8, "versionPriority", Type.TYPE_INT32))
                .build();
    }

    private static DescriptorProto status() {
        return message("APIServiceStatus")
                .addField(
                        message(1, "conditions", OWN + "APIServiceCondition")
                                .setLabel(Label.LABEL_REPEATED))
                .build();
    }

    private static DescriptorProto condition() {
        return message("APIServiceCondition")
                .addField(scalar(1, "type", Type.TYPE_STRING))
                .addField(scalar(2, "status", Type.TYPE_STRING))
                .addField(message(3, "lastTransitionTime", META + "Time"))
                .addField(scalar(4, "reason", Type.TYPE_STRING))
                .addField(scalar(5, "message", Type.TYPE_STRING))
                .build();
    }

    private static DescriptorProto reference() {
        return message("ServiceReference")
                .addField(scalar(1, "namespace", Type.TYPE_STRING))
                .addField(scalar(2, "name", Type.TYPE_STRING))
                .addField(scalar(3, "port", Type.TYPE_INT32))
                .build();
    }

    private static DescriptorProto.Builder message(String name) {
        return DescriptorProto.newBuilder().setName(name);
    }

    private static FieldDescriptorProto.Builder scalar(int number, String name, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setNumber(number)
                .setName(name)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }

    private static FieldDescriptorProto.Builder message(int number, String name, String type) {
        return scalar(number, name, Type.TYPE_MESSAGE).setTypeName(type);
    }
}
