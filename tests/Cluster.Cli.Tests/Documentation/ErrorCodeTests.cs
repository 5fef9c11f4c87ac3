using System.Text;
using System.Text.RegularExpressions;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>One code, one meaning, in one table: the classes of <c>Contracts/Errors</c>.</summary>
public sealed partial class ErrorCodeTests
{
    /// <summary>Set to any value to write docs/errors.md anew after a deliberate change.</summary>
    private const string UpdateVariable = "SEARCHCLUSTER_WRITE_GOLDEN";

    [Fact]
    public void Each_code_stands_once_in_the_catalog()
    {
        ErrorCatalog.All.Select(row => row.Code).ShouldBeUnique();
        ErrorCatalog.All.ShouldAllBe(row => CodePattern().IsMatch(row.Code));
        ErrorCatalog.All.ShouldAllBe(row => row.Meaning.EndsWith('.') && row.NextStep.EndsWith('.'));
    }

    [Fact]
    public void Only_the_catalog_writes_a_code_so_that_each_use_names_its_meaning()
    {
        var catalog = RepositoryFiles.PathOf("src/Cluster.Contracts/Errors");
        var others = Sources().Where(file => !file.StartsWith(catalog, StringComparison.Ordinal));

        others.Where(file => QuotedCode().IsMatch(File.ReadAllText(file))).ShouldBeEmpty();
    }

    [Fact]
    public void Each_code_is_used_and_each_that_a_comment_names_exists()
    {
        var names = typeof(ErrorCatalog).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ErrorFamilyAttribute), false))
            .SelectMany(family => family.GetFields().Select(field => $"{family.Name}.{field.Name}"));
        var source = string.Concat(Sources().Select(File.ReadAllText));

        names.Where(name => !Regex.IsMatch(source, Regex.Escape(name) + @"\b")).ShouldBeEmpty();
        CodePattern()
            .Matches(source)
            .Select(match => match.Value)
            .Distinct()
            .Except(ErrorCatalog.All.Select(row => row.Code))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Each_code_is_asked_for_by_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(RepositoryFiles.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != $"{nameof(ErrorCodeTests)}.cs")
            .Select(File.ReadAllText));
        var families = typeof(ErrorCatalog).Assembly.GetTypes().Where(type => type.IsDefined(typeof(ErrorFamilyAttribute), false));
        var untested = families.SelectMany(family => family.GetFields(), (family, field) => (
                Name: $"{family.Name}.{field.Name}", Code: (string)field.GetRawConstantValue()!))
            .Where(code => !Regex.IsMatch(tests, $@"\b({Regex.Escape(code.Name)}|{code.Code})\b"))
            .ToList();

        untested.ShouldBeEmpty();
    }

    [Fact]
    public void The_document_of_errors_is_the_catalog()
    {
        var file = RepositoryFiles.PathOf("docs/errors.md");
        var expected = Document();
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 })
        {
            File.WriteAllText(file, expected);
        }

        File.ReadAllText(file).ReplaceLineEndings("\n").ShouldBe(expected);
    }

    [Theory]
    [InlineData("SC3004")]
    [InlineData("sc3004")]
    public async Task Help_explains_a_code(string code)
    {
        using var cli = new CliHarness();

        (await cli.RunAsync("help", code)).ShouldBe(0);

        cli.Out.ShouldStartWith("SC3004  A field that must be a number is none");
        cli.Out.ShouldContain("data.missing");
    }

    [Fact]
    public async Task Help_of_an_unknown_code_says_so()
    {
        using var cli = new CliHarness();

        (await cli.RunAsync("help", "SC9999")).ShouldBe(4);

        cli.Error.ShouldContain("No error has the code SC9999");
    }

    [Fact]
    public async Task Help_of_a_command_is_its_help()
    {
        using var cli = new CliHarness();

        (await cli.RunAsync("help", "spec", "check")).ShouldBe(0);

        cli.Out.ShouldContain("Usage: searchcluster spec check");
    }

    [Fact]
    public async Task Help_of_a_mistyped_command_suggests_one()
    {
        using var cli = new CliHarness();

        (await cli.RunAsync("help", "sttus")).ShouldBe(2);

        cli.Error.ShouldContain("Did you mean \"status\"?");
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories);

    private static string Document()
    {
        var text = new StringBuilder("""
            # Errors

            Each refusal carries a code that never changes its meaning. `searchcluster help SC3004` prints a row of this page, which is
            written from the classes in `src/Cluster.Contracts/Errors` (a test compares them). Exit codes: `searchcluster --help` and
            [commands](commands.md#exit-codes).

            """.ReplaceLineEndings("\n"));
        foreach (var family in ErrorCatalog.All.GroupBy(row => row.Family))
        {
            text.Append($"\n## {family.Key}\n\n| code | meaning | what to do |\n| --- | --- | --- |\n");
            foreach (var row in family)
            {
                text.Append($"| {row.Code} | {Cell(row.Meaning)} | {Cell(row.NextStep)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("\"SC\\d{4}\"")]
    private static partial Regex QuotedCode();

    [GeneratedRegex(@"\bSC\d{4}\b")]
    private static partial Regex CodePattern();
}
