using System.Text.Json;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Contracts.Tests.Parameters;

/// <summary>Values keep their kind: in memory, as text and through JSON.</summary>
public sealed class ParameterValueTests
{
    private static readonly ParameterValue Layers = ParameterValue.List(
        [ParameterValue.Integer(64), ParameterValue.Real(0.5), ParameterValue.None, ParameterValue.List([ParameterValue.Text("a")])]);

    public static TheoryData<string, string> Values { get; } = new()
    {
        { "null", "null" },
        { "[64,0.5,null,[\"a\"]]", "[64, 0.5, null, [a]]" },
        { "[]", "[]" },
        { "64", "64" },
        { "64.0", "64" },
        { "\"null\"", "null" },
        { "true", "true" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Comes_back_from_JSON_as_it_was(string json, string text)
    {
        var value = JsonSerializer.Deserialize($"{{\"x\":{json}}}", ContractsJsonContext.Default.ParameterValues)!;

        JsonSerializer.Serialize(value, ContractsJsonContext.Default.ParameterValues).ShouldBe($"{{\"x\":{json}}}");
        value.Entries["x"].ToString().ShouldBe(text);
    }

    [Fact]
    public void None_and_lists_are_values_of_their_own()
    {
        Layers.TryGetList(out var values).ShouldBeTrue();
        values![0].ShouldBe(ParameterValue.Integer(64));
        Layers.ShouldBe(ParameterValue.List([.. values!]));
        Layers.GetHashCode().ShouldBe(ParameterValue.List([.. values!]).GetHashCode());
        ParameterValue.List([]).ShouldNotBe(ParameterValue.None);
        ParameterValue.None.ShouldNotBe(ParameterValue.Text("null"));
        (ParameterValue.None.Kind, Layers.Kind).ShouldBe((ParameterValueKind.None, ParameterValueKind.List));
        (ParameterValue.None.TryGetNumber(out _), Layers.TryGetText(out _), ParameterValue.None.TryGetBoolean(out _), Layers.TryGetInteger(
            out _)).ShouldBe(
            (false, false, false, false));
    }
}
