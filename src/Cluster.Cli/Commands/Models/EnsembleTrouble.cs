using System.Text.RegularExpressions;
using SearchCluster.Cli.Failures;
using SearchCluster.Contracts.Api;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Execution;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Cli.Commands.Models;

/// <summary>Says why an ensemble was not built: what ended it decides on the exit code and the next step, as for a search.</summary>
internal static partial class EnsembleTrouble
{
    private const string NotBuilt = "The ensemble was not built";

    /// <summary>What ended the attempt.</summary>
    /// <param name="failure">How it ended.</param>
    /// <param name="search">Name of the search whose ensemble it is.</param>
    /// <param name="workload">Name of what its trials run.</param>
    /// <param name="folder">Where the ensemble would have been saved.</param>
    /// <param name="detail">Where the search stands; null where nobody was asked.</param>
    /// <param name="isElsewhere">True where its trials were trained for a coordinator that is not on this machine.</param>
    public static CliException Of(
        AttemptFailure failure, SearchId search, string workload, string folder, SearchDetail? detail = null, bool isElsewhere = false)
    {
        var (code, cause) = Split(failure.Message);
        var again = $"then: {Command(search)}";
        return failure switch
        {
            { Kind: TrialFailureKind.StorageUnavailable } => Unwritable(failure.Message, folder),
            { Kind: TrialFailureKind.DataMissing } when isElsewhere => new(
                ExitCodes.NotFound,
                $"{NotBuilt}: {cause}",
                "the models vote here, on the data that they learned from: bring these to this machine under the same path, or run the "
                    + "command on the coordinator's machine; data that the spec names as registered:NAME come by themselves",
                code ?? DataCodes.CannotOpen),
            { Kind: TrialFailureKind.Misconfigured or TrialFailureKind.DataMissing } => new(
                code is DataCodes.CannotOpen or DataCodes.NotRegistered ? ExitCodes.NotFound : ExitCodes.InvalidInput,
                $"{NotBuilt}: {cause}",
                $"mend that, {again}",
                code ?? ModelCodes.Configuration),
            { Kind: TrialFailureKind.OutOfMemory or TrialFailureKind.MemoryLimit } => new(
                ExitCodes.NoUsableTrial,
                $"{NotBuilt}, for lack of memory: {cause}",
                $"ask for less at once: --members, --pool; or let models vote as they are: {Command(search)} --type top-k",
                ModelCodes.NotBuilt),
            { Kind: TrialFailureKind.WorkloadError, Detail: { } stack } => Thrown(cause, stack, search, workload),
            { Kind: TrialFailureKind.WorkloadError } => new(
                code == ModelCodes.CannotOpen ? ExitCodes.NotFound : ExitCodes.InvalidInput,
                $"{NotBuilt}: {cause}",
                $"put the files back from a copy, {again}; or train again: {ExtendText.Again(search, detail, 1)}",
                code ?? ModelCodes.NotBuilt),
            _ => new(
                ExitCodes.NoUsableTrial,
                $"{NotBuilt}: {cause}",
                $"let models vote as they are: {Command(search)} --type top-k",
                ModelCodes.NotBuilt),
        };
    }

    /// <summary>What the data are refused with: the same as for a search that goes on, and that it was the ensemble.</summary>
    public static CliException OfData(CliException refused, SearchId search) => new(
        refused.ExitCode,
        $"{NotBuilt}: {refused.Message}",
        refused.Code is DataCodes.OtherData or DataCodes.CannotOpen or DataCodes.NotRegistered
            ? $"the models vote on the data that they learned from: bring these back, then: {Command(search)}"
            : $"{(refused.Help ?? "mend that").TrimEnd('.')}, then: {Command(search)}",
        refused.Code);

    /// <summary>A worker waits for its disk; this command has ended.</summary>
    public static CliException Unwritable(string cause, string folder) => new(
        ExitCodes.StorageTrouble,
        $"{NotBuilt}, because it would be saved below {SafeText.Of(folder)}: "
            + $"{SafeText.Of(cause.Replace(FailureClassifier.GoesOn, "", StringComparison.Ordinal))}",
        "make the folder writable or make room, then run the command again; a copy of the folder does as well: --state DIR",
        CommandCodes.OutputUnwritable);

    private static CliException Thrown(string cause, string stack, SearchId search, string workload)
    {
        var place = FirstFrame().Match(stack) is { Success: true } frame ? $", in {SafeText.Of(frame.Groups[1].Value)}" : "";
        var thrown = cause.TrimEnd('.') + place;
        return ReleaseVocabulary.Value.Workloads.Any(known => known.Name == workload)
            ? new(ExitCodes.UnexpectedFailure, $"{NotBuilt}: {thrown}.", "this is a bug; report it", CommandCodes.Unexpected)
            : new(
                ExitCodes.ProblemsFound,
                $"{NotBuilt}: your workload {SafeText.Of(workload)} failed: {thrown}.",
                $"correct it there, then: {Command(search)}",
                ModelCodes.UserWorkload);
    }

    private static string Command(SearchId search) => $"searchcluster ensemble build {search}";

    // A failure of an attempt has its code in front.
    private static (string? Code, string Cause) Split(string message) => Coded().Match(message) is { Success: true } coded
        ? (coded.Groups[1].Value, SafeText.Of(coded.Groups[2].Value))
        : (null, SafeText.Of(message));

    [GeneratedRegex("^(SC[0-9]{4}) (.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Coded();

    [GeneratedRegex(@"^\s+at (.+?)\r?$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex FirstFrame();
}
