package io.masumi.node.chain.source;

import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds scripts by their hash: among those that the node keeps, in what it is given, in the operator's files, and on the
 * chain. Bytes from anywhere are taken only if they have the hash, so it does not matter whom they come from.
 */
public final class ScriptFinder {

    private final Scripts scripts;
    private final ScriptFiles files;

    public ScriptFinder(Scripts scripts, ScriptFiles files) {
        this.scripts = scripts;
        this.files = files;
    }

    /**
     * The script's bytes as the ledger hashes them; empty if it is nowhere to be found.
     *
     * @param given bytes that may be the script's
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if only the chain could tell, and cannot be asked now
     */
    public Optional<byte[]> find(String hash, List<byte[]> given, BlockfrostChainProvider chain) {
        return scripts.find(hash)
                .or(() -> Stream.concat(given.stream(), files.all()).flatMap(each -> ScriptBytes.withHash(hash, each).stream())
                        .findFirst())
                .or(() -> chain.script(hash).flatMap(bytes -> ScriptBytes.withHash(hash, bytes)));
    }

    /**
     * The script's bytes as the ledger hashes them, kept from now on wherever they were found.
     *
     * @throws NoSuchElementException if it is nowhere to be found, in words for an operator
     */
    public byte[] get(String hash, BlockfrostChainProvider chain) {
        byte[] script = find(hash, List.of(), chain).orElseThrow(() -> new NoSuchElementException("the script " + hash
                + " is neither on the chain nor in a file named in " + ScriptFiles.SETTING));
        scripts.put(script);
        return script;
    }

    /** The registry policy of an escrow, if it is among what is given or in the operator's files. @return its policy id */
    Optional<String> registryOf(String escrowAddress, List<byte[]> given) {
        return Stream.concat(given.stream(), files.all()).flatMap(ScriptBytes::forms).filter(each -> isRegistryOf(escrowAddress, each))
                .map(Scripts::hash).findFirst();
    }

    private static boolean isRegistryOf(String escrowAddress, byte[] script) {
        try {
            return ScriptParameters.registry(script).equals(escrowAddress);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
