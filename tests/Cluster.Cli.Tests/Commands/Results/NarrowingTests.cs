using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Cli.Tests.Commands.Results;

/// <summary>The stages of a coarse-to-fine search are shown wherever the search is.</summary>
public sealed class NarrowingTests : IDisposable
{
    private const string First = "stage 2 from t0040: lr 0.0001 … 0.01, act relu|tanh, 50.0 % of the data";
    private const string Second = "stage 3 from t0080: lr 0.0005 … 0.002, all data";

    private static readonly ParameterSpec Activation = new(
        "act", new ItemDomain([ParameterValue.Text("relu"), ParameterValue.Text("tanh")]));

    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("status digits", SearchLifecycle.Running)]
    [InlineData("status digits", SearchLifecycle.Completed)]
    [InlineData("watch digits", SearchLifecycle.Completed)]
    [InlineData("best digits", SearchLifecycle.Running)]
    public async Task Each_stage_is_one_line_with_what_it_changed(string line, SearchLifecycle state)
    {
        _cli.Service.With(Detail(state));

        (await _cli.RunAsync(line.Split(' '))).ShouldBe(0);

        var lines = _cli.Out.Split('\n').Select(text => text.Trim()).ToList();
        lines.ShouldContain(First);
        lines.ShouldContain(Second);
    }

    [Fact]
    public async Task The_document_names_what_is_left_of_each_parameter()
    {
        _cli.Service.With(Detail(SearchLifecycle.Running));

        (await _cli.RunAsync("status", "digits", "--json")).ShouldBe(0);

        using var document = System.Text.Json.JsonDocument.Parse(_cli.Out);
        var stage = document.RootElement.GetProperty("narrowings")[0];
        stage.GetProperty("firstTrial").GetInt32().ShouldBe(40);
        stage.GetProperty("parameters")[0].GetProperty("max").GetDouble().ShouldBe(0.01);
        stage.GetProperty("parameters")[1].GetProperty("values").GetArrayLength().ShouldBe(2);
    }

    private static SearchDetail Detail(SearchLifecycle state) => Sample.Detail(state) with
    {
        Narrowings = [Stage(1, 40, 0.0001, 0.01, 0.5), Stage(2, 80, 0.0005, 0.002, 1)],
    };

    private static SpaceNarrowing Stage(int number, int first, double low, double high, double fraction) =>
        new(
            number,
            new(first),
            new SearchSpace([new("lr", new RealDomain(low, high, IsLog: true)), Activation]),
            fraction,
            "The best fifth lies there.");
}
