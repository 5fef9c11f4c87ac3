using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Wire;

public sealed class HttpJsonTests
{
    private static readonly MethodInfo RoundTripMethod = typeof(HttpJsonTests).GetMethod(
        nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>What the routes answer with.</summary>
    public static TheoryData<Type> Answers { get; } =
    [
        typeof(SearchList), typeof(SearchDetail), typeof(TrialPage), typeof(SearchSpecView), typeof(TraceView), typeof(ClusterView),
        typeof(SearchReplies.CommandAccepted), typeof(SearchReplies.SearchRemoved), typeof(SearchManagerProtocol.ManagerReady),
        typeof(ApiProblem),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_number_that_is_not_finite_is_null_named_beside_and_comes_back(Type answer)
    {
        var samples = ContractSamples.Of(answer);
        foreach (var sample in samples.Take(40).Append(WithoutFiniteNumbers(samples[0], answer)))
        {
            RoundTripMethod.MakeGenericMethod(answer).Invoke(null, [sample]);
        }
    }

    [Fact]
    public void Names_count_from_the_object_that_holds_the_number()
    {
        var measurement = new Measurement(1, new ValueMap<double>([new("a.b[0]", double.NaN), new("val/loss", 0.5)]), TimeSpan.Zero);

        var json = JsonSerializer.Serialize(measurement, HttpJson.Writing<Measurement>());

        json.ShouldBe(
            """{"resource":1,"metrics":{"a.b[0]":null,"val/loss":0.5},"elapsed":"00:00:00","nonFinite":{"metrics.a.b[0]":"nan"}}""");
        HttpJson.Read<Measurement>(JsonSerializer.SerializeToUtf8Bytes(measurement, HttpJson.Writing<Measurement>())).ShouldBe(measurement);
    }

    [Fact]
    public void The_words_of_an_earlier_release_are_read() =>
        HttpJson.Read<Measurement>("""{"resource":1,"metrics":{"loss":"-Infinity"},"elapsed":"00:00:00"}"""u8)!.Metrics["loss"].ShouldBe(
            double.NegativeInfinity);

    [Theory]
    [InlineData("""{"resource":1,"metrics":{"nonFinite":0.5},"elapsed":"00:00:00"}""")]
    [InlineData("""{"resource":1,"metrics":{"loss":0.5},"elapsed":"00:00:00","nonFinite":{"elsewhere[7].x":"nan","metrics":"so"}}""")]
    public void Names_that_fit_nothing_change_nothing(string json) =>
        HttpJson.Read<Measurement>(System.Text.Encoding.UTF8.GetBytes(json))!.Metrics.Values.ShouldBe([0.5]);

    private static void RoundTrip<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, HttpJson.Writing<T>());

        Words(JsonNode.Parse(json)).ShouldBeEmpty();
        HttpJson.Read<T>(json).ShouldBe(value);
    }

    /// <summary>The same with infinity in the place of every number that may be a fraction; a whole number refuses the word, and a
    /// parameter would take any word.</summary>
    private static object WithoutFiniteNumbers(object sample, Type type)
    {
        var shape = ContractsJsonContext.Default.GetTypeInfo(type)!;
        var root = JsonSerializer.SerializeToNode(sample, shape)!;
        foreach (var number in Numbers(root).ToList())
        {
            var before = number.DeepClone();
            var word = JsonValue.Create("word");
            number.ReplaceWith(word);
            var isText = Fits(root, shape);
            var infinity = JsonValue.Create("Infinity");
            word.ReplaceWith(infinity);
            if (isText || !Fits(root, shape))
            {
                infinity.ReplaceWith(before);
            }
        }

        return root.Deserialize(shape)!;
    }

    private static bool Fits(JsonNode root, JsonTypeInfo shape)
    {
        try
        {
            return root.Deserialize(shape) is not null;
        }
        catch (Exception refused) when (refused is JsonException or ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<JsonValue> Numbers(JsonNode? node) => node switch
    {
        JsonValue value => value.GetValueKind() == JsonValueKind.Number ? [value] : [],
        JsonObject fields => fields.SelectMany(field => Numbers(field.Value)),
        JsonArray list => list.SelectMany(Numbers),
        _ => [],
    };

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) && text is "NaN" or "Infinity" or "-Infinity" => [value.GetPath()],
        JsonObject fields => fields.SelectMany(field => Words(field.Value)),
        JsonArray list => list.SelectMany(Words),
        _ => [],
    };
}
