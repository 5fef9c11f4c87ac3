using System.Diagnostics;
using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Coordinator.Service;

/// <summary>Reads a spec; a process with workloads of its own reads with its own vocabulary.</summary>
/// <param name="content">The bytes of the file.</param>
/// <param name="fileName">Its name, for the places of problems.</param>
/// <param name="overrides">Values set on top, or null.</param>
/// <returns>The spec, or what is wrong with it.</returns>
internal delegate SpecReadResult ReadSpec(ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides);

/// <summary>Reads a submitted spec and starts its search, or does what the request says when the name exists.</summary>
internal sealed class Submissions(
    ManagerClient manager, SpecFiles files, ReadSpec readSpec, WarmStarts warmStarts, PretrainedModels pretrained)
{
    private const int MostNames = 1_000;
    private const int MostFileNameCharacters = 400;

    /// <summary>Submits.</summary>
    /// <param name="request">The file, and what to do when its name exists.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The name that the search got.</returns>
    public async Task<SearchId> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken)
    {
        var onDuplicate = ReadOnDuplicate(request.OnDuplicate);
        if (request.FileName.Length > MostFileNameCharacters)
        {
            throw Problems.Parameter(string.Create(
                CultureInfo.InvariantCulture,
                $"fileName has {request.FileName.Length} characters, but may have at most {MostFileNameCharacters}."));
        }

        var read = readSpec(Encoding.UTF8.GetBytes(request.Text), request.FileName, request.Overrides);
        var written = read.Spec ?? throw Problems.Unreadable(read);
        var resolved = await pretrained.FillAsync(
            await warmStarts.FillAsync(written, request.FileName, cancellationToken), request.FileName, cancellationToken);
        var wanted = new Wanted(resolved, new(written), request.Text, onDuplicate == OnDuplicate.Resume);
        var isTraced = ActivityContext.TryParse(request.TraceParent, null, out _);
        using var span = isTraced
            ? null
            : SearchClusterTelemetry.StartSpan(SpanNames.Submit, null)?.SetTag(SearchClusterMetrics.SearchTag, written.Name.Value);
        var trace = isTraced ? request.TraceParent : span?.Id;
        return onDuplicate == OnDuplicate.Rename
            ? await SubmitUnderFreeNameAsync(wanted with { Trace = trace }, cancellationToken)
            : await SubmitUnderItsNameAsync(wanted with { Trace = trace }, cancellationToken);
    }

    private async Task<SearchId> SubmitUnderItsNameAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        switch (await SendAsync(wanted, cancellationToken))
        {
            case SearchReplies.CommandAccepted { AlreadyDone: false }:
                return wanted.Name;
            case SearchReplies.CommandAccepted there when !wanted.MayContinue:
                throw Problems.Exists(
                    wanted.Name, $"exists with the same spec and is {Words(there.State)}; look at it, resume it, or give another name.");
            case SearchReplies.CommandAccepted { State: SearchLifecycle.Paused }:
                await manager.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.ResumeSearch(wanted.Name), cancellationToken);
                return wanted.Name;
            case SearchReplies.CommandRejected { Differences: { } differences }:
                throw Problems.Differs(wanted.Name, differences);
            case SearchReplies.CommandRejected refused:
                throw Problems.Of(refused);
            default:
                return wanted.Name;
        }
    }

    private async Task<SearchId> SubmitUnderFreeNameAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= MostNames; number++)
        {
            var named = wanted.Named(Numbered(wanted.Name, number));
            if (await SendAsync(named, cancellationToken) is SearchReplies.CommandAccepted { AlreadyDone: false })
            {
                return named.Name;
            }
        }

        throw Problems.Exists(wanted.Name, string.Create(
            CultureInfo.InvariantCulture, $"and all names up to {Numbered(wanted.Name, MostNames)} exist; give another name."));
    }

    // The answer is the acceptance or the refusal because of the name; any other refusal throws.
    private async Task<object> SendAsync(Wanted wanted, CancellationToken cancellationToken)
    {
        var reply = await manager.AskAsync<object>(wanted.Command, cancellationToken);
        switch (reply)
        {
            case SearchReplies.CommandAccepted { AlreadyDone: false }:
                files.Write(wanted.Name, wanted.Text);
                return reply;
            case SearchReplies.CommandAccepted or SearchReplies.CommandRejected { Code: RejectionCode.NameTaken }:
                return reply;
            case SearchReplies.CommandRejected rejected:
                throw Problems.Of(rejected);
            default:
                throw new InvalidOperationException($"A submission was answered with {reply.GetType().Name}.");
        }
    }

    private static SearchId Numbered(SearchId name, int number)
    {
        if (number == 1)
        {
            return name;
        }

        var suffix = "-" + number.ToString(CultureInfo.InvariantCulture);
        var stem = name.Value.Length + suffix.Length <= SearchId.MaximumLength
            ? name.Value
            : name.Value[..(SearchId.MaximumLength - suffix.Length)];
        return new SearchId(stem + suffix);
    }

    private static OnDuplicate ReadOnDuplicate(string text) => text switch
    {
        "fail" => OnDuplicate.Fail,
        "resume" => OnDuplicate.Resume,
        "rename" => OnDuplicate.Rename,
        _ => throw Problems.Parameter(
            $"onDuplicate is \"{(text.Length > 40 ? text[..40] + "…" : text)}\", but must be fail, resume or rename."),
    };

#pragma warning disable CA1308 // a word in a sentence, not a key
    private static string Words(SearchLifecycle state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>A search that somebody wants: as written, and as it would run.</summary>
    private sealed record Wanted(SearchSpec Resolved, WrittenSpec Written, string Text, bool MayContinue, string? Trace = null)
    {
        public SearchId Name => Resolved.Name;

        public SearchCommands.SubmitSearch Command =>
            new(Name, Resolved, Text, Trace, Written.Fields == Resolved ? null : Written, MayContinue);

        public Wanted Named(SearchId name) =>
            this with { Resolved = Resolved with { Name = name }, Written = new(Written.Fields with { Name = name }) };
    }

    private enum OnDuplicate
    {
        Fail,
        Resume,
        Rename,
    }
}
