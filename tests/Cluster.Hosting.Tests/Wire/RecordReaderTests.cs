using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SearchCluster.Contracts.Tests.Wire;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Wire;
using SearchCluster.Hosting.Wire.Reading;

namespace SearchCluster.Hosting.Tests.Wire;

/// <summary>What reads a journal fast, against the serializer that reads it for good.</summary>
public sealed class RecordReaderTests
{
    private const int MostChanges = 300;
    private static readonly JsonNode?[] Strangers =
        [null, "text", "", 1, -1, 0.5, 1e300, true, new JsonObject(), new JsonArray(), new JsonObject { ["kind"] = "real" }];

    public static IEnumerable<TheoryDataRow<string>> Journaled =>
        ContractManifests.ByManifest.Keys.Where(manifest => manifest is ['e' or 's', '-', ..]).Order(StringComparer.Ordinal)
            .Select(manifest => new TheoryDataRow<string>(manifest));

    [Theory]
    [MemberData(nameof(Journaled))]
    public void Whatever_a_journal_holds_is_read_without_the_serializer(string manifest)
    {
        var type = ContractManifests.ByManifest[manifest];
        foreach (var sample in ContractSamples.Of(type))
        {
            RecordReader.TryRead(Json(sample), type).ShouldBe(sample);
        }
    }

    [Theory]
    [MemberData(nameof(Journaled))]
    public void What_an_older_version_wrote_is_the_same_record(string manifest)
    {
        foreach (var written in JsonNode.Parse(File.ReadAllText(Fixture("wire", manifest + ".json")))!.AsArray())
        {
            ShouldAgree(written!.ToJsonString(), manifest);
        }
    }

    [Fact]
    public void Every_event_of_an_older_journal_is_read_without_the_serializer()
    {
        foreach (var line in File.ReadLines(Fixture("journals", "v1.jsonl")).Select(line => line.Split('\t', 2)))
        {
            var type = ContractManifests.ByManifest[line[0]];
            var json = Encoding.UTF8.GetBytes(line[1]);

            RecordReader.TryRead(json, type).ShouldBe(JsonSerializer.Deserialize(json, ContractsJsonContext.Default.GetTypeInfo(type)!));
        }
    }

    [Theory]
    [MemberData(nameof(Journaled))]
    public void Members_that_miss_are_of_another_kind_unknown_or_given_twice_are_read_or_refused_as_by_the_serializer(string manifest)
    {
        foreach (var sample in Samples(manifest))
        {
            // All changes of a small record, and so many of a large one: those of the last sizes take a millisecond each.
            var every = 1 + (Changed(JsonNode.Parse(Json(sample))!).Count() / MostChanges);
            var number = manifest.Length;
            foreach (var changed in Changed(JsonNode.Parse(Json(sample))!))
            {
                if (++number % every == 0)
                {
                    ShouldAgree(changed(), manifest);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Journaled))]
    public void Changed_bytes_are_read_or_refused_as_by_the_serializer(string manifest)
    {
        var random = new Random(manifest.Length);
        foreach (var json in Samples(manifest).Select(Json))
        {
            for (var i = 0; i < 100; i++)
            {
                var changed = json.ToArray();
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
                ShouldAgree(changed, manifest);
                ShouldAgree(json[..random.Next(json.Length)], manifest);
            }
        }
    }

    private static void ShouldAgree(string json, string manifest) => ShouldAgree(Encoding.UTF8.GetBytes(json), manifest);

    private static void ShouldAgree(byte[] json, string manifest)
    {
        var expected = Outcome(() => ContractCodec.Read(json, manifest));
        var actual = Outcome(() => ContractCodec.ReadOnce(json, manifest));

        // The text shows differences that equality hides, and is cheaper to build when it is needed only then.
        if (!Equals(actual, expected))
        {
            throw new Xunit.Sdk.XunitException($"{actual}\n  instead of\n{expected}\n  for {manifest}\n{Encoding.UTF8.GetString(json)}");
        }
    }

    private static object Outcome(Func<object> read)
    {
        try
        {
            return read();
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return $"{refused.GetType().Name}: {refused.Message}";
        }
    }

    /// <summary>Texts of a record with one change each: at every value of it.</summary>
    /// <returns>The text, to be taken before the next one is asked for.</returns>
    private static IEnumerable<Func<string>> Changed(JsonNode root)
    {
        string Text() => root.ToJsonString();
        foreach (var holder in Holders(root).ToList())
        {
            if (holder is JsonObject record)
            {
                foreach (var name in record.Select(member => member.Key).ToList())
                {
                    var old = record[name];
                    foreach (var stranger in Strangers)
                    {
                        record[name] = stranger?.DeepClone();
                        yield return Text;
                    }

                    record.Remove(name);
                    yield return Text;
                    record.Add(name, old);
                    yield return Text;
                    record[name] = "marked-for-a-second-member";
                    yield return () => Text().Replace(
                        "\"marked-for-a-second-member\"", $"1,\"{name}\":{old?.ToJsonString() ?? "null"}", StringComparison.Ordinal);
                    record[name] = old;
                }

                foreach (var added in new[] { "unknown", "kind", "$type", "$id", "Kind" })
                {
                    var known = record.ContainsKey(added);
                    if (!known)
                    {
                        record[added] = "real";
                        yield return Text;
                        record.Remove(added);
                        record.Insert(0, added, new JsonObject { ["a"] = new JsonArray(1, null) });
                        yield return Text;
                        record.Remove(added);
                    }
                }
            }
            else if (holder is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    var old = list[i];
                    foreach (var stranger in Strangers)
                    {
                        list[i] = stranger?.DeepClone();
                        yield return Text;
                    }

                    list[i] = old;
                }
            }
        }

        yield return () => Text() + " ";
        yield return () => Text() + "1";
        yield return () => $"[{Text()}]";
        yield return () => "null";
    }

    private static IEnumerable<JsonNode> Holders(JsonNode? node) => node switch
    {
        JsonObject record => record.SelectMany(member => Holders(member.Value)).Prepend(record),
        JsonArray list => list.SelectMany(Holders).Prepend(list),
        _ => [],
    };

    // Samples of a record differ in single values; the first one and the one with the most nulls have every shape.
    private static IEnumerable<object> Samples(string manifest)
    {
        var all = ContractSamples.Of(ContractManifests.ByManifest[manifest]);
        return all.Count <= 2 ? all : [all[0], all[^1]];
    }

    private static byte[] Json(object record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, ContractsJsonContext.Default.GetTypeInfo(record.GetType())!);

    private static string Fixture(string folder, string file, [CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "fixtures", folder, file));
}
