using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Wire;

public sealed class ContractJsonTests
{
    public static IEnumerable<TheoryDataRow<Type>> MarkedTypes => typeof(IWithSearchId).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false }
            && (type.IsAssignableTo(typeof(IWithSearchId)) || type.IsAssignableTo(typeof(IWithWorkerId))))
        .Select(type => new TheoryDataRow<Type>(type));

    public static IEnumerable<TheoryDataRow<Type>> ManifestTypes =>
        ContractSamples.ContractTypes.Select(type => new TheoryDataRow<Type>(type));

    [Theory]
    [MemberData(nameof(MarkedTypes))]
    public void Every_message_event_and_reply_has_a_manifest(Type type) => ContractManifests.ByType.ShouldContainKey(type);

    [Theory]
    [MemberData(nameof(ManifestTypes))]
    public void Every_contract_comes_back_equal(Type type)
    {
        foreach (var sample in ContractSamples.Of(type))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(sample, Json(type));

            JsonSerializer.Deserialize(bytes, Json(type)).ShouldBe(sample);
        }
    }

    [Theory]
    [MemberData(nameof(ManifestTypes))]
    public void Contracts_compare_by_value(Type type)
    {
        var (first, second) = (ContractSamples.Of(type), ContractSamples.Of(type));

        for (var i = 0; i < first.Count; i++)
        {
            first[i].Equals(second[i]).ShouldBeTrue();
            first[i].GetHashCode().ShouldBe(second[i].GetHashCode());
        }
    }

    [Fact]
    public void Manifests_are_short_and_plain() =>
        ContractManifests.ByManifest.Keys.ShouldAllBe(
            manifest => manifest.Length <= 20 && manifest.All(c => char.IsAsciiLetterLower(c) || c == '-'));

    [Fact]
    public void Metrics_that_are_not_finite_survive()
    {
        var measurement = new Measurement(
            1, new ValueMap<double>([new("a", double.NaN), new("b", double.NegativeInfinity)]), TimeSpan.Zero);

        var json = JsonSerializer.Serialize(measurement, ContractsJsonContext.Default.Measurement);

        json.ShouldContain("\"a\":\"NaN\"");
        JsonSerializer.Deserialize(json, ContractsJsonContext.Default.Measurement).ShouldBe(measurement);
    }

    [Theory]
    [InlineData("1", ParameterValueKind.Integer)]
    [InlineData("1.0", ParameterValueKind.Real)]
    [InlineData("1E-05", ParameterValueKind.Real)]
    [InlineData("\"1\"", ParameterValueKind.Text)]
    [InlineData("true", ParameterValueKind.Boolean)]
    [InlineData("null", ParameterValueKind.None)]
    [InlineData("[64,null]", ParameterValueKind.List)]
    public void A_parameter_value_keeps_its_kind(string json, ParameterValueKind kind)
    {
        var type = (JsonTypeInfo<ParameterValue>)Json(typeof(ParameterValue));
        var value = JsonSerializer.Deserialize(json, type);

        value.Kind.ShouldBe(kind);
        JsonSerializer.Serialize(value, type).ShouldBe(json);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("1e999")]
    public void What_is_no_parameter_value_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, (JsonTypeInfo<ParameterValue>)Json(typeof(ParameterValue))));

    [Fact]
    public void A_member_of_a_newer_version_is_passed_over()
    {
        var json = """{"searchId":"digits","at":"2026-05-04T12:00:00+00:00","addedLater":{"x":1}}""";

        JsonSerializer.Deserialize(json, ContractsJsonContext.Default.SearchPaused)!.SearchId.ShouldBe(new SearchId("digits"));
    }

    // The generated code sets every property, also one that the JSON does not have, and knows nothing of a default that stands beside it.
    [Fact]
    public void A_property_that_is_named_has_no_default_but_nothing()
    {
        var made = typeof(IWithSearchId).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsVisible: true, IsAbstract: false, IsGenericTypeDefinition: false })
            .Where(type => type.GetConstructor([]) is not null && ContractsJsonContext.Default.GetTypeInfo(type) is not null)
            .Select(Activator.CreateInstance)
            .ToList();

        made.ShouldContain(one => one is SearchSpec);
        made.SelectMany(one => one!.GetType().GetProperties()
                .Where(property => property.CanWrite && !IsDefault(property.GetValue(one)))
                .Select(property => $"{one.GetType().Name}.{property.Name}"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void What_a_record_cannot_do_without_is_asked_for_by_name()
    {
        var refused = Should.Throw<JsonException>(() =>
            JsonSerializer.Deserialize("""{"name":"digits"}""", ContractsJsonContext.Default.SearchSpec));

        refused.Message.ShouldContain("'workload', 'objective', 'space', 'budget', 'algorithm'");
    }

    private static bool IsDefault(object? value) =>
        value is null || (value.GetType().IsValueType && value.Equals(Activator.CreateInstance(value.GetType())));

    private static JsonTypeInfo Json(Type type) => ContractsJsonContext.Default.GetTypeInfo(type)
        ?? throw new InvalidOperationException($"{type} has no entry in ContractsJsonContext.");
}
