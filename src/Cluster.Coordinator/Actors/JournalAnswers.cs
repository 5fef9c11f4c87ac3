using System.Data.Common;
using Akka.Actor;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Coordinator.Refusals;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Persistence.Reading;
using SearchCluster.Search.View;

namespace SearchCluster.Coordinator.Actors;

/// <summary>Reads the journal beside the actors: for searches whose actor is stopped because the journal takes
/// no writes, and to find damage.</summary>
internal sealed class JournalAnswers(CoordinatorSettings settings)
{
    /// <summary>False where there is no journal that could be read, as in a test.</summary>
    public bool CanRead => settings.OpenJournal is not null;

    /// <summary>Answers a query from the journal, and refuses a command, with the reason why the search stands still.</summary>
    /// <param name="message">A message of a person.</param>
    /// <param name="asker">Who gets the answer.</param>
    public void Answer(IWithSearchId message, IActorRef asker)
    {
        if (CanRead && message is SearchQueries.GetSearch or SearchQueries.GetTrials or SearchQueries.GetSpec)
        {
            Task.Run(() => Try(journal => AnswerOf(SearchReplay.Read(journal, message.SearchId), message)) ?? Refusal(message.SearchId))
                .PipeTo(asker);
        }
        else
        {
            asker.Tell(Refusal(message.SearchId));
        }
    }

    /// <summary>Reads searches that are stopped.</summary>
    /// <param name="searches">Which.</param>
    /// <returns>What the journal holds of them, or a refusal when it cannot be read.</returns>
    public Task<object> ReadAsync(IReadOnlyList<SearchId> searches) => searches.Count == 0 || !CanRead
        ? Task.FromResult<object>(Array.Empty<SearchReading>())
        : Task.Run<object>(
            () => (object?)Try(journal => searches.Select(search => SearchReplay.Read(journal, search)).ToArray()) ?? Refusal(searches[0]));

    /// <summary>Finds out why a search cannot be recovered.</summary>
    /// <param name="search">Name of the search whose journal is read.</param>
    /// <param name="delay">How long it waits before it starts again, if it does.</param>
    /// <returns>What the journal holds.</returns>
    public Task<LocalMessages.SearchInspected> InspectAsync(SearchId search, TimeSpan delay) =>
        Task.Run(() => new LocalMessages.SearchInspected(search, Try(journal => SearchReplay.Read(journal, search)), delay));

    /// <summary>Finds all searches where the register is not whole.</summary>
    /// <returns>Null when it is, or cannot be read now.</returns>
    public IReadOnlyList<SearchId>? RescueRegister() => Try(journal =>
    {
        var searches = new JournalSearches(journal);
        var all = searches.Registered();
        return searches.IsRegisterWhole ? null : all;
    });

    private IWithSearchId? AnswerOf(SearchReading reading, IWithSearchId message) => (reading, message) switch
    {
        ({ Damage: not null }, _) => DamagedSearch.Reply(reading, message),
        ({ State: null }, _) => UnknownSearch.Reply(message),
        (_, SearchQueries.GetSearch) => reading.Detail() is { } detail ? settings.Health.Tell(detail) : null,
        (_, SearchQueries.GetTrials query) => reading.Trials(query),
        _ => SearchProjection.Spec(reading.State!),
    };

    private SearchReplies.CommandRejected Refusal(SearchId search) => new(
        search,
        RejectionCode.JournalUnavailable,
        $"Search '{search}' is being recovered after a failure of its journal; try again in some "
            + $"seconds.{(settings.Health.Trouble is { } trouble ? " " + trouble : "")}");

    private T? Try<T>(Func<IJournalReader, T?> read)
        where T : class
    {
        if (settings.OpenJournal is null)
        {
            return null;
        }

        try
        {
            using var journal = settings.OpenJournal();
            var answer = read(journal);
            settings.Health.Read();
            return answer;
        }
        catch (Exception unreadable) when (unreadable is DbException or IOException or UnauthorizedAccessException or HostingException)
        {
            settings.Health.NotRead(unreadable);
            return null;
        }
    }
}
