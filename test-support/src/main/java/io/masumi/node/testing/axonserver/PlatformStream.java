package io.masumi.node.testing.axonserver;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.axoniq.axonserver.grpc.control.EventProcessorInfo;
import io.axoniq.axonserver.grpc.control.Heartbeat;
import io.axoniq.axonserver.grpc.control.PlatformInboundInstruction;
import io.axoniq.axonserver.grpc.control.PlatformOutboundInstruction;
import io.axoniq.axonserver.grpc.control.RequestReconnect;
import io.grpc.stub.StreamObserver;

/** A client's presence: who it is, what its event processors do, and whether it is heard. */
final class PlatformStream implements StreamObserver<PlatformInboundInstruction>, ClientStream {

    private static final PlatformOutboundInstruction HEARTBEAT = PlatformOutboundInstruction.newBuilder()
            .setHeartbeat(Heartbeat.getDefaultInstance()).build();

    private final PlatformService platform;
    private final Outbound<PlatformOutboundInstruction> client;
    private final Map<String, EventProcessorInfo> processors = new ConcurrentHashMap<>();
    private volatile String clientId = "";
    /** Of {@link System#nanoTime}; null before the first heartbeat. */
    private volatile Long heard;

    PlatformStream(PlatformService platform, Outbound<PlatformOutboundInstruction> client) {
        this.platform = platform;
        this.client = client;
    }

    @Override
    public void onNext(PlatformInboundInstruction instruction) {
        switch (instruction.getRequestCase()) {
            case REGISTER -> {
                clientId = instruction.getRegister().getClientId();
                platform.joined(this);
            }
            case EVENT_PROCESSOR_INFO -> processors.put(instruction.getEventProcessorInfo().getProcessorName(),
                    instruction.getEventProcessorInfo());
            case HEARTBEAT -> heard = System.nanoTime();
            case ACK, RESULT -> {
                return;
            }
            default -> {
                acknowledge(PlatformOutboundInstruction.newBuilder().setAck(Instructions.unsupported(instruction.getInstructionId())),
                        instruction.getInstructionId());
                return;
            }
        }
        acknowledge(PlatformOutboundInstruction.newBuilder().setAck(Instructions.done(instruction.getInstructionId())),
                instruction.getInstructionId());
    }

    private void acknowledge(PlatformOutboundInstruction.Builder acknowledgement, String instruction) {
        if (!instruction.isEmpty()) {
            client.send(acknowledgement.build());
        }
    }

    void beat() {
        client.send(HEARTBEAT);
    }

    boolean isSilentFor(Duration time) {
        Long last = heard;
        return last != null && System.nanoTime() - last > time.toNanos();
    }

    void askToReconnect() {
        client.send(PlatformOutboundInstruction.newBuilder().setRequestReconnect(RequestReconnect.getDefaultInstance()).build());
    }

    Map<String, EventProcessorInfo> processors() {
        return Map.copyOf(processors);
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public void giveUp(RuntimeException cause) {
        client.fail(cause);
        platform.left(this);
    }

    @Override
    public void onError(Throwable cause) {
        platform.left(this);
    }

    @Override
    public void onCompleted() {
        platform.left(this);
        client.end();
    }
}
