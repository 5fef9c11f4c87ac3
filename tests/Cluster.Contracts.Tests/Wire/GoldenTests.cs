using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Wire;

/// <summary>
/// One file per manifest holds what a released version wrote. Reading it and writing it again must keep every member and value, so
/// members may be added but never renamed, retyped or removed. Files of a new manifest are written by running the tests once with
/// SEARCHCLUSTER_WRITE_GOLDEN=1; existing files are never rewritten.
/// </summary>
public sealed class GoldenTests
{
    public static IEnumerable<TheoryDataRow<string>> Manifests =>
        ContractManifests.ByManifest.Keys.Order(StringComparer.Ordinal).Select(manifest => new TheoryDataRow<string>(manifest));

    [Theory]
    [MemberData(nameof(Manifests))]
    [Trait("Promise", "R28")]
    public void What_an_older_version_wrote_is_read_without_loss(string manifest)
    {
        var path = Path.Combine(Folder(), manifest + ".json");
        var type = ContractManifests.ByManifest[manifest];
        var json = ContractsJsonContext.Default.GetTypeInfo(type)!;
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("SEARCHCLUSTER_WRITE_GOLDEN") == "1")
        {
            Write(path, ContractSamples.Of(type).Select(sample => JsonSerializer.SerializeToNode(sample, json)));
        }

        File.Exists(path).ShouldBeTrue(
            $"There is no golden file for manifest {manifest}; run these tests once with SEARCHCLUSTER_WRITE_GOLDEN=1 and commit {path}.");
        foreach (var written in JsonNode.Parse(File.ReadAllText(path))!.AsArray())
        {
            var again = JsonSerializer.SerializeToNode(written.Deserialize(json), json);
            Lost(written, again, "$").ShouldBeEmpty();
        }
    }

    [Fact]
    public void No_manifest_with_a_golden_file_is_gone() =>
        Directory.EnumerateFiles(Folder(), "*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBeSubsetOf(ContractManifests.ByManifest.Keys);

    private static IEnumerable<string> Lost(JsonNode? old, JsonNode? current, string path) => (old, current) switch
    {
        (JsonObject a, JsonObject b) => a.SelectMany(member => Lost(member.Value, b[member.Key], $"{path}.{member.Key}")),
        (JsonArray a, JsonArray b) when a.Count == b.Count => a.SelectMany((element, i) => Lost(element, b[i], $"{path}[{i}]")),
        _ => JsonNode.DeepEquals(old, current) ? [] : [$"{path}: {old?.ToJsonString()} became {current?.ToJsonString()}"],
    };

    private static void Write(string path, IEnumerable<JsonNode?> samples)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, new JsonArray([.. samples]).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static string Folder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures", "wire"));
}
