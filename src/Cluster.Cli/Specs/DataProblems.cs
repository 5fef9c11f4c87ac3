using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Description;
using SearchCluster.Specs;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Cli.Specs;

/// <summary>What a spec says of the columns of a table that the table on this machine does not have.</summary>
internal static class DataProblems
{
    private const string Source = "data.source";
    private const string Help = "correct the spec; searchcluster data describe FILE shows the columns";

    /// <summary>Finds them.</summary>
    /// <returns>None where the data are not on this machine or no regular file, of which a warning tells.</returns>
    public static List<SpecProblem> Find(SpecInput input, SearchSpec spec, CommandContext context)
    {
        if (spec.Data is not { } data || input.Warnings.Any(warning => warning.Path == Source))
        {
            return [];
        }

        try
        {
            var resolved = context.DataRegistry.Resolve(data);
            var isHere = context.Workloads.Vocabulary.DataSets.Contains(resolved.Source) || Path.Exists(resolved.Source);
            return isHere ? [.. ColumnCheck.Find(resolved).Select(found => Problem(input, found.Field, found.Problem))] : [];
        }
        catch (DataException unknown) when (unknown.Code == DataCodes.NotRegistered)
        {
            return [];
        }
        catch (DataException changed)
        {
            return [Problem(input, Source, changed)];
        }
    }

    private static SpecProblem Problem(SpecInput input, string field, DataException problem)
    {
        var (file, line, column) = SpecReader.PlaceOf(input.Content, input.FileName, input.AsGiven ?? input.Overrides, field);
        return new(problem.Code, SpecSeverity.Error, file, line, column, field, problem.Message.TrimEnd('.'), Help);
    }
}
