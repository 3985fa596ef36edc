package io.masumi.node.devnet;

import io.masumi.node.devnet.blockfrost.BlockfrostApi;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.BlockProducer;
import io.masumi.node.devnet.chain.Faucet;
import io.masumi.node.devnet.chain.Genesis;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.devnet.chain.SlotClock;
import io.masumi.node.devnet.control.ContractAdmins;
import io.masumi.node.devnet.control.ControlEndpoints;
import io.masumi.node.devnet.control.Faults;
import io.masumi.node.devnet.control.PublishedContract;
import io.masumi.node.devnet.http.HttpApi;
import io.masumi.node.devnet.http.Routes;
import io.masumi.node.devnet.journal.DurableLedger;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A small Cardano ledger in this process, behind the part of the Blockfrost API that the node uses, on loopback. It
 * checks transactions as a real node does; its ada is worth nothing. Thread-safe.
 */
public final class DevelopmentNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentNetwork.class);
    /** Slot 0 lies this far back at the start, so that validity intervals may begin in the past. */
    private static final Duration AGE_AT_START = Duration.ofDays(1);
    private static final BigInteger FAUCET_FUNDS = BigInteger.valueOf(30_000_000_000_000_000L);

    private final Ledger ledger;
    /** Closes what keeps the ledger, if anything does. */
    private final Runnable closeStorage;
    private final Faucet faucet;
    private final Faults faults = new Faults();
    private final BlockProducer producer;
    private final ControlEndpoints controls;
    private final HttpApi http;

    private DevelopmentNetwork(DevnetOptions options, Clock clock) {
        if (options.directory().isPresent()) {
            DurableLedger durable = DurableLedger.open(options.directory().get(), () -> newGenesis(clock),
                    genesis -> ledger(genesis, options, clock));
            ledger = durable.ledger();
            closeStorage = durable::close;
        } else {
            ledger = ledger(newGenesis(clock), options, clock);
            closeStorage = () -> LOG.debug("the development network in memory is gone");
        }
        faucet = new Faucet(ledger, ledger.read(state -> state.genesis()));
        producer = new BlockProducer(ledger, options.blockInterval(), options.emptyBlockInterval());
        Routes routes = new Routes();
        new BlockfrostApi(ledger).addTo(routes);
        controls = new ControlEndpoints(ledger, faucet, producer, faults);
        controls.addTo(routes);
        try {
            http = new HttpApi(new InetSocketAddress(options.address(), options.port()), routes, faults);
        } catch (RuntimeException failure) {
            producer.close();
            closeStorage.run();
            throw failure;
        }
        if (options.automaticBlocks()) {
            producer.start();
        }
        LOG.warn(
                "*** THIS IS A DEVELOPMENT NETWORK: its ada is worth nothing, anyone on this machine can take it. Blockfrost API at {}, {} ***",
                baseUrl(), options.directory().map(directory -> "kept in " + directory).orElse("in memory only"));
    }

    /**
     * Starts the network and serves it until it is closed.
     *
     * @param clock the wall clock that slots follow
     * @throws IllegalStateException when another process uses the directory
     * @throws java.io.UncheckedIOException when the directory or the port cannot be used
     */
    public static DevelopmentNetwork start(DevnetOptions options, Clock clock) {
        return new DevelopmentNetwork(options, clock);
    }

    private static Ledger ledger(Genesis genesis, DevnetOptions options, Clock clock) {
        return new Ledger(genesis, ProtocolParameters.preprod(options.protocolMajor()), new SlotClock(genesis.zeroTime(), clock));
    }

    private static Genesis newGenesis(Clock clock) {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        long zeroTime = clock.instant().minus(AGE_AT_START).getEpochSecond() * SlotClock.SLOT_LENGTH_MILLIS;
        return new Genesis(zeroTime, Genesis.DEVELOPMENT_MAGIC, HexFormat.of().formatHex(seed), FAUCET_FUNDS);
    }

    /** Where the Blockfrost API is, ending in a slash as cardano-client-lib wants it; any project id will do. */
    public String baseUrl() {
        return "http://127.0.0.1:" + http.port() + BlockfrostApi.BASE + "/";
    }

    /** Where the controls are, ending in a slash. */
    public String controlUrl() {
        return "http://127.0.0.1:" + http.port() + "/devnet/";
    }

    /**
     * Tells those who join the network which contract to use, until it is closed.
     *
     * @param admins who sign as the contract's, for anybody who asks
     */
    public void publish(PublishedContract contract, ContractAdmins admins) {
        controls.publish(contract, admins);
    }

    /**
     * Pays from the genesis funds; the payment waits in the mempool for the next block.
     *
     * @param address bech32 of a test network
     * @param lovelace at least what an output needs, about 1 ada
     * @return the transaction's hash, hex
     * @throws io.masumi.node.devnet.ledger.TransactionRejected when the ledger refuses the payment
     */
    public String faucet(String address, BigInteger lovelace) {
        return faucet.pay(address, lovelace);
    }

    /**
     * Submits a signed transaction as the API does.
     *
     * @return its hash, hex
     * @throws io.masumi.node.devnet.ledger.TransactionRejected naming the broken rules
     */
    public String submit(byte[] cbor) {
        return ledger.submit(cbor);
    }

    public long currentSlot() {
        return ledger.currentSlot();
    }

    /** Unix milliseconds at which slot 0 began; a slot lasts 1000 ms from there on. */
    public long zeroTime() {
        return ledger.slots().zeroTime();
    }

    public Instant startOfSlot(long slot) {
        return ledger.slots().startOf(slot);
    }

    /** Makes a block now, of what waits and fits. If this slot has one already, the new block takes the next slot. */
    public Block makeBlock() {
        return ledger.makeBlock();
    }

    /** Drops the last blocks. */
    public void rollback(int blocks, RolledBackTransactions transactions) {
        ledger.rollback(blocks, transactions);
    }

    public void pauseBlocks() {
        producer.pause();
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        http.close();
        producer.close();
        closeStorage.run();
    }
}
