using System.Diagnostics;
using System.Globalization;
using System.Text;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Specs;

namespace SearchCluster.Coordinator.Service;

/// <summary>Reads a spec; a process with workloads of its own reads with its own vocabulary.</summary>
/// <param name="content">The bytes of the file.</param>
/// <param name="fileName">Its name.</param>
/// <param name="overrides">Values set on top, or null.</param>
/// <returns>The spec, or what is wrong with it.</returns>
internal delegate SpecReadResult ReadSpec(ReadOnlyMemory<byte> content, string fileName, IReadOnlyDictionary<string, string>? overrides);

/// <summary>Reads a submitted spec and starts its search, or does what the request says when the name exists.</summary>
internal sealed class Submissions(ManagerClient manager, SpecFiles files, ReadSpec readSpec, WarmStarts warmStarts, PretrainedModels pretrained)
{
    private const int MostNames = 1_000;
    private const int MostFileNameCharacters = 400;

    /// <summary>Submits.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The name that the search got.</returns>
    public async Task<SearchId> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken)
    {
        var onDuplicate = ReadOnDuplicate(request.OnDuplicate);
        if (request.FileName.Length > MostFileNameCharacters)
        {
            throw Problems.Parameter(string.Create(CultureInfo.InvariantCulture, $"fileName has {request.FileName.Length} characters, but may have at most {MostFileNameCharacters}."));
        }

        var read = readSpec(Encoding.UTF8.GetBytes(request.Text), request.FileName, request.Overrides);
        var spec = await warmStarts.FillAsync(read.Spec ?? throw Problems.Unreadable(read), request.FileName, cancellationToken);
        spec = await pretrained.FillAsync(spec, request.FileName, cancellationToken);
        var isTraced = ActivityContext.TryParse(request.TraceParent, null, out _);
        using var span = isTraced ? null : SearchClusterTelemetry.StartSpan(SpanNames.Submit, null)?.SetTag(SearchClusterMetrics.SearchTag, spec.Name.Value);
        var trace = isTraced ? request.TraceParent : span?.Id;
        return onDuplicate == OnDuplicate.Rename
            ? await SubmitUnderFreeNameAsync(spec, request.Text, trace, cancellationToken)
            : await SubmitUnderItsNameAsync(spec, request.Text, trace, onDuplicate, cancellationToken);
    }

    private async Task<SearchId> SubmitUnderItsNameAsync(SearchSpec spec, string text, string? trace, OnDuplicate onDuplicate, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(spec, text, trace, cancellationToken);
        if (reply is SearchReplies.CommandAccepted { AlreadyDone: false })
        {
            return spec.Name;
        }

        if (onDuplicate == OnDuplicate.Fail)
        {
            throw Problems.Exists(spec.Name, reply is SearchReplies.CommandAccepted accepted
                ? $"exists with the same spec and is {Words(accepted.State)}; look at it, resume it, or give another name."
                : "exists with another spec; give another name, or resume that one.");
        }

        if (reply is not SearchReplies.CommandAccepted existing)
        {
            throw Problems.Exists(spec.Name, "exists with another spec, so this one cannot continue it; give another name, or extend that one with resume.");
        }

        if (existing.State == SearchLifecycle.Paused)
        {
            await manager.AskAsync<SearchReplies.CommandAccepted>(new SearchCommands.ResumeSearch(spec.Name), cancellationToken);
        }

        return spec.Name;
    }

    private async Task<SearchId> SubmitUnderFreeNameAsync(SearchSpec spec, string text, string? trace, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= MostNames; number++)
        {
            var named = spec with { Name = Numbered(spec.Name, number) };
            if (await SendAsync(named, text, trace, cancellationToken) is SearchReplies.CommandAccepted { AlreadyDone: false })
            {
                return named.Name;
            }
        }

        throw Problems.Exists(spec.Name, string.Create(CultureInfo.InvariantCulture, $"and all names up to {Numbered(spec.Name, MostNames)} exist; give another name."));
    }

    // The answer is the acceptance or the refusal because of the name; any other refusal throws.
    private async Task<object> SendAsync(SearchSpec spec, string text, string? trace, CancellationToken cancellationToken)
    {
        var reply = await manager.AskAsync<object>(new SearchCommands.SubmitSearch(spec.Name, spec, text, trace), cancellationToken);
        switch (reply)
        {
            case SearchReplies.CommandAccepted { AlreadyDone: false }:
                await files.WriteAsync(spec.Name, text, cancellationToken);
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
        var stem = name.Value.Length + suffix.Length <= SearchId.MaximumLength ? name.Value : name.Value[..(SearchId.MaximumLength - suffix.Length)];
        return new SearchId(stem + suffix);
    }

    private static OnDuplicate ReadOnDuplicate(string text) => text switch
    {
        "fail" => OnDuplicate.Fail,
        "resume" => OnDuplicate.Resume,
        "rename" => OnDuplicate.Rename,
        _ => throw Problems.Parameter($"onDuplicate is \"{(text.Length > 40 ? text[..40] + "…" : text)}\", but must be fail, resume or rename."),
    };

#pragma warning disable CA1308 // a word in a sentence, not a key
    private static string Words(SearchLifecycle state) => state.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private enum OnDuplicate
    {
        Fail,
        Resume,
        Rename,
    }
}
