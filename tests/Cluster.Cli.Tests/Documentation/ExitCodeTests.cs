using System.Globalization;
using System.Reflection;
using SearchCluster.Cli.Failures;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

public sealed class ExitCodeTests
{
    [Fact]
    public void Every_exit_code_has_its_row_in_the_documentation()
    {
        var rows = File.ReadLines(RepositoryFiles.PathOf("docs/commands.md"))
            .SkipWhile(line => line != "## Exit codes")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .ToList();

        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => ((int)field.GetRawConstantValue()!).ToString(CultureInfo.InvariantCulture));

        codes.ShouldBeSubsetOf(rows);
        rows.ShouldBeUnique();
    }
}
