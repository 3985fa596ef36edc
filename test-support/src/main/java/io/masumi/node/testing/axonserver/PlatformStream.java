package io.masumi.node.testing.axonserver;

import java.time.Duration;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;

/** A client's presence: who it is, and whether it is heard. */
final class PlatformStream extends ClientStream<PlatformInboundInstruction, PlatformOutboundInstruction> {

    private static final PlatformOutboundInstruction HEARTBEAT = PlatformOutboundInstruction.newBuilder()
            .setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private final PlatformService platform;
    /** Of {@link System#nanoTime}; null before the first heartbeat. */
    private volatile Long heard;

    PlatformStream(PlatformService platform, Outbound<PlatformOutboundInstruction> client) {
        super(client);
        this.platform = platform;
    }

    @Override
    Taken take(PlatformInboundInstruction instruction) {
        switch (instruction.getRequestCase()) {
            case REGISTER -> {
                isFrom(instruction.getRegister().getClientId());
                platform.joined(this);
            }
            case EVENT_PROCESSOR_INFO -> {
                // Nobody asks what they do.
            }
            case HEARTBEAT -> heard = System.nanoTime();
            case ACK, RESULT -> {
                return Taken.ANSWER;
            }
            default -> {
                return Taken.UNSUPPORTED;
            }
        }
        return Taken.DONE;
    }

    @Override
    String idOf(PlatformInboundInstruction instruction) {
        return instruction.getInstructionId();
    }

    @Override
    PlatformOutboundInstruction acknowledging(InstructionAck acknowledgement) {
        return PlatformOutboundInstruction.newBuilder().setAck(acknowledgement).build();
    }

    @Override
    void gone() {
        platform.left(this);
    }

    void beat() {
        client().send(HEARTBEAT);
    }

    boolean isSilentFor(Duration time) {
        Long last = heard;
        return last != null && System.nanoTime() - last > time.toNanos();
    }
}
