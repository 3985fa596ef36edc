package io.masumi.node.devnet.phase2;

import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scalus.builtin.Data;

import java.util.ArrayList;
import java.util.List;

/** Brings Scalus's Plutus V3 context to what the ledger gives. */
final class ScriptContextV3 {
    private static final int MINT_FIELD = 4;

    private ScriptContextV3() {}

    /**
     * Up to V2 the mint field starts with an entry of no lovelace; V3 contexts have no such entry, but Scalus 0.8.2 puts
     * it there for every version.
     */
    static Data withoutMintedLovelace(Data context) {
        List<Data> contextFields = new ArrayList<>(CollectionConverters.asJava(((Data.Constr) context).args()));
        List<Data> infoFields = new ArrayList<>(CollectionConverters.asJava(((Data.Constr) contextFields.getFirst()).args()));
        List<Tuple2<Data, Data>> minted = CollectionConverters.asJava(((Data.Map) infoFields.get(MINT_FIELD)).values()).stream()
                .filter(entry -> !(entry._1() instanceof Data.B policy && policy.value().isEmpty())).toList();
        infoFields.set(MINT_FIELD, new Data.Map(CollectionConverters.asScala(minted).toList()));
        contextFields.set(0, new Data.Constr(0, CollectionConverters.asScala(infoFields).toList()));
        return new Data.Constr(0, CollectionConverters.asScala(contextFields).toList());
    }
}
