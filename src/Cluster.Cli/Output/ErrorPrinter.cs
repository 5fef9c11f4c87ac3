using SearchCluster.Cli.Client;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Json;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Reports;

namespace SearchCluster.Cli.Output;

/// <summary>Writes what went wrong to standard error: for people a sentence and the next step, with <c>--json</c> one document.</summary>
internal sealed class ErrorPrinter(TextWriter error, bool json)
{
    public int Print(ApiProblem problem)
    {
        var exception = new CliException(
            ExitCodes.OfProblem(problem), problem.Detail ?? problem.Title, ApiProblems.Help(problem.Code), problem.Code)
        {
            Problems = problem.Problems ?? [],
            Differences = problem.Differences ?? [],
        };
        return Print(exception);
    }

    public int Print(CliException exception)
    {
        if (json)
        {
            var document = new ErrorDocument(
                exception.ExitCode,
                exception.Code,
                exception.Message,
                exception.Help,
                exception.Problems,
                exception.Differences.Count == 0 ? null : exception.Differences);
            error.WriteLine(CliJson.Line(document, CliJsonContext.Default.ErrorDocument));
        }
        else if (exception.Problems.Count > 0)
        {
            SpecProblemPrinter.Print(error, exception.Problems, exception.SourceText);
            error.WriteLine($"{SpecProblemPrinter.Summary(exception.Problems)} - {SafeText.Of(exception.Message)}");
        }
        else
        {
            error.WriteLine(
                $"searchcluster: {(exception.Code is null ? string.Empty : exception.Code + ": ")}{SafeText.OfLines(exception.Message)}");
        }

        if (!json)
        {
            DifferenceText.Lines(exception.Differences).ToList().ForEach(error.WriteLine);
        }

        if (!json && exception.Help is not null)
        {
            error.WriteLine($"   help: {SafeText.OfLines(exception.Help)}");
        }

        return exception.ExitCode;
    }
}
