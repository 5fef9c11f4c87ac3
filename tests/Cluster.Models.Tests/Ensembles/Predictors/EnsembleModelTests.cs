using System.Text.Json.Nodes;
using SearchCluster.Artifacts;
using SearchCluster.Models.Ensembles;
using SearchCluster.Models.Ensembles.Predictors;

namespace SearchCluster.Models.Tests.Ensembles.Predictors;

public sealed class EnsembleModelTests : EnsembleFixture
{
    [Fact]
    public void A_damaged_member_is_named_with_its_file_and_what_to_do()
    {
        Train(2);
        var folder = Path.Combine(_root, Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Artifact);
        var file = Path.Combine(folder, "trial-0001.scm");
        var bytes = File.ReadAllBytes(file);
        bytes[^40] ^= 1;
        File.WriteAllBytes(file, bytes);

        var damaged = Should.Throw<ArtifactException>(() => EnsembleModel.Load(folder)).Message;
        damaged.ShouldContain("trial-0001.scm");
        damaged.ShouldContain("searchcluster ensemble build digits");
        File.Delete(file);
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(folder)).Message.ShouldContain("trial-0001.scm");
    }

    [Fact]
    public void A_description_that_changed_is_damaged_and_one_that_was_laid_out_anew_is_not()
    {
        Train(2);
        var folder = Path.Combine(_root, Build(2).ShouldBeOfType<EnsembleCompleted>().Report.Artifact);
        var file = Path.Combine(folder, EnsembleManifest.FileName);
        var written = File.ReadAllText(file);
        var document = JsonNode.Parse(written)!.AsObject();
        File.WriteAllText(file, document.ToJsonString(new() { WriteIndented = true }));
        EnsembleManifest.Read(folder).Members.Count.ShouldBe(2);

        foreach (var change in new Action<JsonObject>[]
        {
            json => json["members"]![0]!["weight"] = 1.5,
            json => json["metrics"]!.AsObject().First().Value!.ReplaceWith(0.25),
            json => json["sha256"] = new string('0', 64),
        })
        {
            var changed = JsonNode.Parse(written)!.AsObject();
            change(changed);
            File.WriteAllText(file, changed.ToJsonString());
            Should.Throw<ArtifactException>(() => EnsembleManifest.Read(folder)).Code.ShouldBe("SC4018");
        }

        document.Remove("sha256");
        File.WriteAllText(file, document.ToJsonString());
        EnsembleManifest.Read(folder).Search.ShouldBe("digits");
    }

    [Fact]
    public void A_folder_that_is_no_ensemble_is_refused()
    {
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4000");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{\"format\":7}");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4003");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{\"format\":1,\"search\":\"digits\"}");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Message.ShouldContain("lacks combine");
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), "{");
        Should.Throw<ArtifactException>(() => EnsembleModel.Load(_root)).Code.ShouldBe("SC4011");
    }

    [Theory]
    [InlineData("{\"format\":1,\"sha256\":\"0\",\"card\":\"\\ud800\"}", "line 1, column 33: an escape \\u names half a character")]
    [InlineData("{\"format\":1,\n\"format\":7}", "line 2, column 1: the name 'format' occurs twice")]
    [InlineData("{\"format\":1,}", "trailing commas")]
    [InlineData(
        "{\"format\":1,\"search\":\"s\"}",
        "line 1, column 1: ensemble.json lacks combine and columns and classLabels and members and metrics and bestSingle and card.")]
    [InlineData(
        "{\"format\":1,\n\"search\":7}", "line 2, column 10: search is 7, but must be a text in quotes.")]
    [InlineData(
        "{\"format\":1,\n\"members\":[{\"trial\":1,\"file\":\"a\",\"objective\":1},\n{\"trial\":\"2\"}]}",
        "line 3, column 10: members[1].trial is \"2\", but must be a whole number, at most 2147483647, without quotes.")]
    [InlineData("{\"format\":1,\"serach\":\"s\"}", "line 1, column 13: ensemble.json has no member \"serach\". Did you mean \"search\"?")]
    [InlineData(
        "{\"format\":1,\"combine\":\"men\"}",
        "line 1, column 23: combine is \"men\", but must be one of \"MeanProbability\", \"Mean\", \"Vote\".")]
    [InlineData("{\"format\":1,\"members\":null}", "line 1, column 23: members is null, but must be a list in brackets.")]
    public void A_description_that_cannot_be_read_is_told_with_its_place(string json, string words)
    {
        File.WriteAllText(Path.Combine(_root, "ensemble.json"), json);

        var refused = Should.Throw<ArtifactException>(() => EnsembleManifest.Read(_root));

        (refused.Code, refused.Message.Contains(words, StringComparison.Ordinal)).ShouldBe(("SC4011", true), refused.Message);
    }
}
