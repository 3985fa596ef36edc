package io.masumi.node.testing.axonserver;

import java.util.List;

import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;

/** What is said about a message beside its content, and how an instruction is acknowledged. */
final class Instructions {

    private Instructions() {}

    static String routingKey(List<ProcessingInstruction> given, String otherwise) {
        return given.stream().filter(each -> each.getKey() == ProcessingKey.ROUTING_KEY).findFirst()
                .map(each -> each.getValue().getTextValue()).orElse(otherwise);
    }

    static long number(List<ProcessingInstruction> given, ProcessingKey key, long otherwise) {
        return given.stream().filter(each -> each.getKey() == key).findFirst().map(each -> each.getValue().getNumberValue())
                .orElse(otherwise);
    }

    static boolean flag(List<ProcessingInstruction> given, ProcessingKey key) {
        return given.stream().anyMatch(each -> each.getKey() == key && each.getValue().getBooleanValue());
    }

    static ProcessingInstruction flagged(ProcessingKey key, boolean value) {
        return ProcessingInstruction.newBuilder().setKey(key).setValue(MetaDataValue.newBuilder().setBooleanValue(value)).build();
    }

    static InstructionAck done(String instruction) {
        return InstructionAck.newBuilder().setInstructionId(instruction).setSuccess(true).build();
    }

    static InstructionAck unsupported(String instruction) {
        return InstructionAck.newBuilder().setInstructionId(instruction).setSuccess(false).setError(ErrorMessage.newBuilder()
                .setErrorCode(Failure.UNSUPPORTED_INSTRUCTION.code()).setMessage("Unsupported instruction")).build();
    }
}
