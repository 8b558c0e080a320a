//! The registries and hosts themselves: services that say what to ask, and the client that asks.

use super::http::Client;
use super::{Answer, LookUp, Services, SourceId};

/// Everybody who can be asked.
pub struct Registries<'a> {
    /// What to ask, and how to read the answers.
    pub services: Services,
    /// Who asks.
    pub client: Client,
    /// The time in UTC, as [`Answer::asked`] has it.
    pub now: &'a dyn Fn() -> String,
}

impl LookUp for Registries<'_> {
    async fn look_up(&self, id: &SourceId, previous: Option<&Answer>) -> Answer {
        let ask = async |request| self.client.get(request).await;
        let now = (self.now)();
        self.services.look_up(id, previous, &now, ask).await
    }
}
