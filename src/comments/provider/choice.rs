//! Where the comments on an article are kept: what the site says, and what the article says of itself.

use super::Provider;
use crate::page::Discussion;
use crate::site::{self, SiteComments};

impl Provider {
    /// The provider for an article's comments. An article's own address is taken where `is_allowed` says so of it:
    /// an article is no reason to send what readers write anywhere.
    pub fn choose(site: &SiteComments, discussion: &Discussion, is_allowed: &dyn Fn(&str) -> bool) -> Self {
        let own = Some(discussion.endpoint.as_str()).filter(|url| !url.is_empty() && is_allowed(url));
        let kind = match site.provider {
            site::Provider::Auto if own.is_some_and(|url| url.contains("/wp/v2/") || url.contains("%2Fwp%2Fv2%2F")) => {
                site::Provider::WordPress
            }
            site::Provider::Auto if own.is_some() => site::Provider::Json,
            kind => kind,
        };
        let Some(url) = own.or(Some(site.url.as_str())).filter(|url| !url.is_empty()) else { return Self::Local };
        match kind {
            site::Provider::Auto | site::Provider::Local => Self::Local,
            site::Provider::Isso => Self::Isso(url.to_owned()),
            site::Provider::Json => Self::Json(url.to_owned()),
            site::Provider::WordPress => match discussion.post.or_else(|| post_in(url)) {
                Some(post) => Self::WordPress(url.to_owned(), post),
                None => Self::Local,
            },
        }
    }
}

/// The post that the address of its comments names.
fn post_in(url: &str) -> Option<u32> {
    let (_, query) = url.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix("post=")).and_then(|id| id.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTE: &str = "https://blog.example/wp-json/wp/v2/comments";

    #[track_caller]
    fn check(kind: site::Provider, url: &str, endpoint: &str, post: Option<u32>, expected: &Provider) {
        let site = SiteComments { provider: kind, url: url.to_owned(), ..SiteComments::default() };
        let discussion = Discussion { endpoint: endpoint.to_owned(), post, ..Discussion::default() };
        let is_allowed = |url: &str| !url.contains("evil");
        assert_eq!(Provider::choose(&site, &discussion, &is_allowed), *expected);
    }

    #[test]
    fn article_says_where_unless_the_site_does() {
        let wordpress = Provider::WordPress(ROUTE.to_owned(), 4);
        check(site::Provider::Auto, "", ROUTE, Some(4), &wordpress);
        check(site::Provider::Auto, "", "", None, &Provider::Local);
        check(site::Provider::Local, "", ROUTE, Some(4), &Provider::Local);
        check(site::Provider::WordPress, ROUTE, "", Some(4), &wordpress);
        let url = "https://c.example/";
        check(site::Provider::Isso, url, "", None, &Provider::Isso(url.to_owned()));
        check(site::Provider::Auto, "", url, None, &Provider::Json(url.to_owned()));
    }

    #[test]
    fn post_may_be_named_by_the_address() {
        let url = format!("{ROUTE}?post=12");
        check(site::Provider::Auto, "", &url, None, &Provider::WordPress(url.clone(), 12));
        check(site::Provider::WordPress, ROUTE, "", None, &Provider::Local);
    }

    #[test]
    fn article_cannot_send_readers_anywhere() {
        let evil = "https://evil.example/wp-json/wp/v2/comments";
        check(site::Provider::Auto, "", evil, Some(4), &Provider::Local);
        check(site::Provider::WordPress, ROUTE, evil, Some(4), &Provider::WordPress(ROUTE.to_owned(), 4));
    }
}
