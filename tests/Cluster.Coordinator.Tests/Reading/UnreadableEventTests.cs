using System.Text;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence.Reading;

namespace SearchCluster.Coordinator.Tests.Reading;

/// <summary>Events that are JSON, but not what was written: somebody edited the journal, or another program wrote it.</summary>
public sealed class UnreadableEventTests
{
    [Theory]
    [InlineData(
        "{\"searchId\":\"digits\",\"at\":\"yesterday\"}",
        "line 1, column 27: at is \"yesterday\", but must be a moment in the form ")]
    [InlineData("{\"searchId\":3,\"at\":\"2026-01-01T00:00:00+00:00\"}", "line 1, column 13: searchId is 3: ")]
    [InlineData("{\"searchId\":\"digits\",}", "line 1, column 22: a ',' stands before this '}'")]
    public void The_damage_names_place_field_value_and_rule(string json, string words)
    {
        var reading = SearchReplay.ReadEvents(new OneEvent(json), new SearchId("digits"));

        reading.Damage.ShouldNotBeNull().Explanation.ShouldStartWith("not the JSON of an event: " + words);
        reading.Damage.Explanation.ShouldNotContain("Path:");
    }

    private sealed class OneEvent(string json) : IJournalReader
    {
        public string Place => "memory";

        public IReadOnlyList<string> Complaints() => [];

        public IReadOnlyList<string> PersistenceIds() => ["search-digits"];

        public IEnumerable<StoredRecord> Events(string persistenceId, long after) =>
            after == 0 ? [new(1, "e-paused", Encoding.UTF8.GetBytes(json))] : [];

        public IEnumerable<StoredRecord> Snapshots(string persistenceId) => [];

        public void Dispose()
        {
        }
    }
}
